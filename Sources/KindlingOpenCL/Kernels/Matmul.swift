// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension OpenCLBackend {
    /// Queues a product of matrices: groups of items calculate square tiles through local memory.
    func matmul(_ product: Matmul, _ inputs: Span<Operand>, _ output: Operand) throws(TensorError) {
        let (left, right) = (inputs[0], inputs[1])
        let rank = output.shape.rank
        let (rows, columns, depth) = (output.shape[rank - 2], output.shape[rank - 1], left.shape.last)
        guard output.shape.elementCount > 0 else { return }  // No elements, no work.
        let shape = Shape(output.shape.dimensions.dropLast(2))
        let batches = IterationPlan(
            shape, [output.strides, left.batchStrides(in: shape), right.batchStrides(in: shape)])
        let arithmetic = output.dtype.arithmetic
        var dtypes = [output.dtype, left.dtype, right.dtype]
        if product.bias { dtypes.append(inputs[2].dtype) }
        try requireFloat64(dtypes, arithmetic, "matmul")
        let source = MatmulSource(
            dtypes: dtypes, activation: product.activation, batchRank: batches.sizes.count,
            side: device.maximumGroupSize >= 256 ? 16 : device.maximumGroupSize >= 64 ? 8 : 1)
        let kernel = try programs.kernel(source.key, for: "matmul") { source.text }
        var arguments: [KernelArgument] = [.buffer(output.storage), .long(Int64(output.offset))]
        for index in inputs.indices {
            arguments += [.buffer(inputs[index].storage), .long(Int64(inputs[index].offset))]
        }
        arguments += [.int(Int32(rows)), .int(Int32(columns)), .int(Int32(depth))]
        for operand in [left, right] {
            let last = operand.shape.rank - 1
            arguments += [.long(Int64(operand.strides[last - 1])), .long(Int64(operand.strides[last]))]
        }
        for axis in batches.sizes.indices {
            arguments += [batches.sizes[axis], batches.strides[1][axis], batches.strides[2][axis]]
                .map { .long(Int64($0)) }
        }
        let tile = source.tile
        let groups = ((columns + tile - 1) / tile, (rows + tile - 1) / tile * batches.count)
        let extent = KernelExtent(groups: groups, items: (source.side, source.side))
        try launch(kernel, arguments, over: extent, for: "matmul")
    }
}

extension Operand {
    /// The steps from matrix to matrix for the batch axes of a product; axes that are missing or of size 1 repeat.
    fileprivate func batchStrides(in batch: Shape) -> Strides {
        var result = Strides()
        let missing = batch.rank - (shape.rank - 2)
        for axis in 0..<batch.rank where axis >= missing && shape[axis - missing] != 1 {
            result[axis] = strides[axis - missing]
        }
        return result
    }
}
