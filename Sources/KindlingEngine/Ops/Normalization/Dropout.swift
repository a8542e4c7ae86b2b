// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Elements set to zero at random, the others enlarged so that the expectation stays (Srivastava and others 2014).
    ///
    /// y = x / (1 − probability) where it is kept, else 0. With probability 0 this is the tensor itself and nothing is
    /// drawn; with 1 all is zero. In evaluation a layer leaves it out. Refuses integers.
    ///
    ///     let y = x.dropout(probability: 0.1, from: &stream)
    /// - Parameters:
    ///   - probability: With which an element is dropped, 0 ... 1.
    ///   - stream: What decides; the same stream drops the same elements.
    public func dropout(probability: Double, from stream: inout RandomStream) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            try checkProbability(probability, "dropout")
            guard dtype.isFloatingPoint else {
                throw TensorError(
                    .dtypeMismatch, operation: "dropout", "\(dtype.name) is not a floating-point type",
                    remedy: "convert it: converted(to: .float32)")
            }
            if probability == 0 { return self }
            let kept = Tensor.bernoulli(shape, probability: 1 - probability, from: &stream, dtype: dtype, on: device)
            let scale = probability == 1 ? 0 : 1 / (1 - probability)
            return dispatch(Elementwise(definition: definition, parameters: [scale], dtype: nil), [self, kept])
        } catch { return .failed(error, spec) }
    }
}

/// Refuses what is no probability.
func checkProbability(_ probability: Double, _ operation: String) throws(TensorError) {
    guard probability >= 0, probability <= 1 else {
        throw TensorError(
            .invalidValue, operation: operation, "a probability of \(probability) is not within 0 ... 1")
    }
}

/// A selection, not a product: what is dropped is zero even where it is infinite.
private let definition = ElementwiseDefinition("dropout", .promoted, inputs: 2, parameters: 1) { builder in
    let scaled = builder.apply(.multiply, builder.input(0), builder.parameter(0))
    return builder.apply(.select, builder.input(1), scaled, builder.constant(0))
}
