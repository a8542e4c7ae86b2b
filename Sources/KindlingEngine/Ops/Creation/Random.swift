// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

extension Tensor {
    /// Numbers spread evenly over [low, high).
    ///
    /// Bounds that are not finite, and a lower one above the upper one, are errors.
    ///
    ///     var stream = RandomStream(seed: 42)
    ///     let noise = Tensor.uniform([64, 10], low: -1, high: 1, from: &stream)
    public static func uniform(
        _ shape: Shape, low: Double = 0, high: Double = 1, from stream: inout RandomStream, dtype: DType = .float32,
        on device: Device = .current
    ) -> Tensor {
        random(shape, .uniform(low: low, high: high), from: &stream, dtype, device) { () throws(TensorError) in
            try requireFinite([low, high, high - low], "uniform")
            guard low <= high else {
                throw TensorError(
                    .invalidValue, operation: "uniform", "the range \(low) to \(high) runs backwards",
                    remedy: "give low ≤ high")
            }
        }
    }

    /// Numbers by Gauss' bell curve.
    ///
    /// A mean or deviation that is not finite, and a negative deviation, are errors.
    ///
    ///     var stream = RandomStream(seed: 42)
    ///     let noise = Tensor.normal([64, 10], standardDeviation: 0.02, from: &stream)
    public static func normal(
        _ shape: Shape, mean: Double = 0, standardDeviation: Double = 1, from stream: inout RandomStream,
        dtype: DType = .float32, on device: Device = .current
    ) -> Tensor {
        random(shape, .normal(mean: mean, standardDeviation: standardDeviation), from: &stream, dtype, device) {
            () throws(TensorError) in
            try requireFinite([mean, standardDeviation], "normal")
            guard standardDeviation >= 0 else {
                throw TensorError(
                    .invalidValue, operation: "normal", "a standard deviation cannot be \(standardDeviation)",
                    remedy: "give 0 or more")
            }
        }
    }

    /// Ones with a probability, else zeros.
    ///
    /// A probability outside 0 ... 1 is an error.
    ///
    ///     var stream = RandomStream(seed: 42)
    ///     let kept = Tensor.bernoulli([64, 10], probability: 0.9, from: &stream)
    public static func bernoulli(
        _ shape: Shape, probability: Double, from stream: inout RandomStream, dtype: DType = .float32,
        on device: Device = .current
    ) -> Tensor {
        random(shape, .bernoulli(probability: probability), from: &stream, dtype, device) {
            () throws(TensorError) in
            guard (0...1).contains(probability) else {
                throw TensorError(
                    .invalidValue, operation: "bernoulli", "a probability cannot be \(probability)",
                    remedy: "give 0 ... 1")
            }
        }
    }

    private static func random(
        _ shape: Shape, _ distribution: RandomFill.Distribution, from stream: inout RandomStream, _ dtype: DType,
        _ device: Device, _ validate: () throws(TensorError) -> Void
    ) -> Tensor {
        let draw = stream.nextDraw()
        let fill = RandomFill(distribution, key: draw.key, stream: draw.stream)
        return make(operation: "random", TensorSpec(shape: shape, dtype: dtype)) { spec throws(TensorError) in
            try validate()
            let value = try TensorValue.allocate(spec, on: device.backend)
            guard shape.elementCount > 0 else { return value }
            let outputs: InlineArray<1, Operand> = [value.operand]
            let inputs = InlineArray<0, Operand> { _ in value.operand }
            try device.backend.execute(.random(fill), inputs: inputs.span, outputs: outputs.span)
            return value
        }
    }
}
