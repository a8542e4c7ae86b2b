// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// The product of matrices: by own loops where it is small or of integers, by oneDNN in single precision and
    /// bfloat16, by OpenBLAS in double precision.
    ///
    /// float16 is widened first.
    func matmul(
        _ request: Matmul, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        let output = outputs[0]
        guard output.shape.elementCount > 0 else { return }  // No element to compute.
        switch output.dtype {
        case .float32, .float64, .int32, .int64, .uint8, .bool:
            guard var products = MatrixProducts(request, inputs, output) else {
                throw noAddress("matmul", inputs, outputs)
            }
            products.run()
        case .bfloat16:
            if try matmulByOneDNN(request, inputs, output) { return }
            try matmulWidened(request, inputs, outputs)
        case .float16:
            try matmulWidened(request, inputs, outputs)
        }
    }

    /// As float32, rounded once at the end.
    private func matmulWidened(
        _ request: Matmul, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        let left = try widened(inputs[0])
        let right = try widened(inputs[1])
        let result = try scratch(like: outputs[0], .float32)
        let product: InlineArray<1, Operand> = [result.operand]
        if request.bias {
            let bias = try widened(inputs[2])
            let factors: InlineArray<3, Operand> = [left.operand, right.operand, bias.operand]
            try matmul(request, factors.span, product.span)
            withExtendedLifetime(bias) {}
        } else {
            let factors: InlineArray<2, Operand> = [left.operand, right.operand]
            try matmul(request, factors.span, product.span)
        }
        withExtendedLifetime((left, right)) {}
        copy(product.span, outputs)
        withExtendedLifetime(result) {}
    }
}
