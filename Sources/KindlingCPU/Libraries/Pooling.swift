// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// The largest or the mean of each window, or the gradient, by own loops over lines of the output.
    func pooling(
        _ request: Pooling, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        // Read once: the optimizer of Swift 6.3 fails on a span that is used on both sides of a throw.
        let (source, result) = (inputs[0], outputs[0])
        let places: Operand? = request.function == .maximum ? (request.backward ? inputs[1] : outputs[1]) : nil
        guard result.shape.elementCount > 0 else { return }  // No element to compute.
        guard result.dtype.isFloatingPoint else {
            throw TensorError(
                .dtypeMismatch, operation: "pooling", "it takes real numbers, not \(result.dtype.name)",
                remedy: "convert the picture first: x.cast(to: .float32)")
        }
        var loops = geometry(request, x: request.backward ? result : source, y: request.backward ? source : result)
        loops.places = places?.address?.assumingMemoryBound(to: Int32.self)
        // A picture of one pixel lies both ways at once; what the others are decides.
        loops.channels_last = result.isRowMajor && source.isRowMajor ? 0 : 1
        let units = kd_pooling_units(&loops, request.backward ? 1 : 0)
        let line = result.shape.elementCount / Int(units) * Int(request.window.size.wrappedProduct())
        let grain = Int64(max(1, 32768 / max(1, line)))
        if request.backward {
            kd_parallel_for(
                units, grain,
                { context, begin, end in
                    kd_pooling_backward(context?.assumingMemoryBound(to: kd_pooling.self), begin, end)
                }, &loops)
        } else {
            kd_parallel_for(
                units, grain,
                { context, begin, end in
                    kd_pooling_forward(context?.assumingMemoryBound(to: kd_pooling.self), begin, end)
                }, &loops)
        }
    }

    private func geometry(_ request: Pooling, x: Operand, y: Operand) -> kd_pooling {
        let window = request.window
        let lacking = 3 - window.rank
        var loops = kd_pooling()
        loops.batch = Int64(x.shape[0])
        loops.channels = Int64(x.shape[1])
        loops.input = spatial(lacking) { x.shape[$0 + 2] }
        loops.output = spatial(lacking) { y.shape[$0 + 2] }
        loops.window = spatial(lacking) { Int(window.size[$0]) }
        loops.stride = spatial(lacking) { Int(window.stride[$0]) }
        loops.dilation = spatial(lacking) { Int(window.dilation[$0]) }
        loops.padding = spatial(lacking, missing: 0) { Int(window.paddingBefore[$0]) }
        loops.x = x.address
        loops.y = y.address
        loops.function = Int32(request.function.rawValue)
        loops.type = Int32(x.dtype.rawValue)
        return loops
    }
}

extension SIMD4<Int32> {
    /// The product of the four.
    fileprivate func wrappedProduct() -> Int32 { self[0] &* self[1] &* self[2] &* self[3] }
}
