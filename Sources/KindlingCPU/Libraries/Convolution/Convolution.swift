// SPDX-License-Identifier: Apache-2.0
internal import COneDNN
internal import KindlingBackend

extension CPUBackend {
    /// A convolution or a gradient of one: by oneDNN in float32 and bfloat16, by plain loops in float64, and widened
    /// first in float16, or where oneDNN has no kernel.
    func convolution(
        _ request: ConvolutionRequest, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        let dtype = inputs[0].dtype
        switch dtype {
        case .float64: return try convolutionByLoops(request, inputs, outputs)
        case .float16: return try convolutionWidened(request, .float32, inputs, outputs)
        case .float32, .bfloat16:
            if try convolutionByOneDNN(request, inputs, outputs) { return }
            try convolutionWidened(request, dtype == .bfloat16 ? .float32 : .float64, inputs, outputs)
        case .int32, .int64, .uint8, .bool:
            throw TensorError(
                .dtypeMismatch, operation: "convolution", "it takes real numbers, not \(dtype.name)",
                remedy: "convert the picture first: x.cast(to: .float32)")
        }
    }

    /// In a wider type, rounded once at the end.
    private func convolutionWidened(
        _ request: ConvolutionRequest, _ dtype: DType, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        var kept: [Scratch] = []
        var factors: [Operand] = []
        for index in 0..<inputs.count {
            let copy = try copied(inputs[index], dtype, layout(of: inputs[index]))
            kept.append(copy)
            factors.append(copy.operand)
        }
        var results: [Operand] = []
        for index in 0..<outputs.count {
            let room = try scratch(outputs[index].shape, dtype, layout(of: outputs[index]))
            kept.append(room)
            results.append(room.operand)
        }
        try convolution(request, factors.span, results.span)
        for index in 0..<outputs.count {
            let from: InlineArray<1, Operand> = [results[index]]
            let to: InlineArray<1, Operand> = [outputs[index]]
            copy(from.span, to.span)
        }
        withExtendedLifetime(kept) {}
    }

    private func layout(of operand: Operand) -> Strides {
        operand.isRowMajor ? Strides(rowMajor: operand.shape) : Strides(channelsLast: operand.shape)
    }
}
