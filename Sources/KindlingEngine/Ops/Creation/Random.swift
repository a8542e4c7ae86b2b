// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

extension Tensor {
    /// Numbers spread evenly over [low, high).
    public static func uniform(
        _ shape: Shape, low: Double = 0, high: Double = 1, from stream: inout RandomStream, dtype: DType = .float32,
        on device: Device = .current
    ) -> Tensor {
        random(shape, .uniform(low: low, high: high), from: &stream, dtype, device)
    }

    /// Numbers by Gauss' bell curve.
    public static func normal(
        _ shape: Shape, mean: Double = 0, standardDeviation: Double = 1, from stream: inout RandomStream,
        dtype: DType = .float32, on device: Device = .current
    ) -> Tensor {
        random(shape, .normal(mean: mean, standardDeviation: standardDeviation), from: &stream, dtype, device)
    }

    /// Ones with a probability, else zeros.
    public static func bernoulli(
        _ shape: Shape, probability: Double, from stream: inout RandomStream, dtype: DType = .float32,
        on device: Device = .current
    ) -> Tensor {
        random(shape, .bernoulli(probability: probability), from: &stream, dtype, device)
    }

    private static func random(
        _ shape: Shape, _ distribution: RandomFill.Distribution, from stream: inout RandomStream, _ dtype: DType,
        _ device: Device
    ) -> Tensor {
        let draw = stream.nextDraw()
        let fill = RandomFill(distribution, key: draw.key, stream: draw.stream)
        return make(operation: "random", TensorSpec(shape: shape, dtype: dtype)) { spec throws(TensorError) in
            let value = try TensorValue.allocate(spec, on: device.backend)
            guard shape.elementCount > 0 else { return value }
            let outputs: InlineArray<1, Operand> = [value.operand]
            let inputs = InlineArray<0, Operand> { _ in value.operand }
            try device.backend.execute(.random(fill), inputs: inputs.span, outputs: outputs.span)
            return value
        }
    }
}
