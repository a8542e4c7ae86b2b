// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// A draw from the classes of logits that gradients can pass (Jang, Gu and Poole 2017).
    ///
    /// y = softmax((x + g) / temperature) with Gumbel noise g = −ln(−ln u), u evenly in (0, 1). With `hard` the result is
    /// one-hot, at the largest y, and its gradient is that of y. Output: the input's shape and type; the noise of float16
    /// and bfloat16 is drawn in float32. Refuses integers, a temperature that is not above 0, and an axis that does not
    /// exist or is empty.
    ///
    ///     let choice = logits.gumbelSoftmax(temperature: 0.5, hard: true, from: &stream)
    /// - Parameters:
    ///   - temperature: Above 0; the smaller, the nearer to one-hot.
    ///   - hard: Whether the result is one-hot.
    ///   - axis: That of the classes.
    ///   - stream: What decides; the same stream draws the same noise.
    public func gumbelSoftmax(
        temperature: Double = 1, hard: Bool = false, over axis: Int = -1, from stream: inout RandomStream
    ) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            let axis = try resolved(axis: axis, "gumbelSoftmax")
            try requireReal("gumbelSoftmax", "logits")
            guard temperature > 0, temperature.isFinite else {
                throw TensorError(
                    .invalidValue, operation: "gumbelSoftmax",
                    "a temperature of \(temperature) is not a positive number", remedy: "use one such as 1 or 0.5")
            }
            try requireElements(along: axis, "gumbelSoftmax")
            let soft = (withGumbelNoise(from: &stream) / temperature).softmax(over: axis)
            guard hard else { return soft.converted(to: dtype) }
            var places = Shape.ones(rank: rank)
            places[axis] = shape[axis]
            let classes = Tensor.indices(shape[axis], on: device).reshaped(to: places)
            let chosen = (soft.argmax(over: axis, keepDims: true) .== classes).converted(to: soft.dtype)
            return (chosen - soft.detached() + soft).converted(to: dtype)
        } catch { return .failed(error, spec) }
    }
}
