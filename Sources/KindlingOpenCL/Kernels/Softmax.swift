// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension OpenCLBackend {
    /// Queues a softmax: some items walk a row twice (forward: thrice), which caches make cheap.
    func softmax(_ softmax: SoftmaxRequest, _ inputs: Span<Operand>, _ output: Operand) throws(TensorError) {
        let columns = output.shape.last
        guard output.shape.elementCount > 0 else { return }  // No elements, no work.
        let rows = output.shape.elementCount / columns
        let dtypes = [output.dtype] + (0..<inputs.count).map { inputs[$0].dtype }
        try requireFloat64(dtypes, output.dtype.arithmetic, "softmax")
        var key = KernelKey(.softmax)
        key.add(softmax.logarithm)
        key.add(softmax.backward)
        for dtype in dtypes { key.add(dtype) }
        let kernel = try programs.kernel(key, for: "softmax") {
            softmax.backward
                ? SoftmaxSource.backward(dtypes, logarithm: softmax.logarithm)
                : SoftmaxSource.forward(dtypes, logarithm: softmax.logarithm)
        }
        let groups = RowGroups(rows: rows, itemsPerRow: columns / 4, maximum: device.maximumGroupSize)
        var arguments: [KernelArgument] = [.buffer(output.storage), .long(Int64(output.offset))]
        for index in inputs.indices {
            arguments += [.buffer(inputs[index].storage), .long(Int64(inputs[index].offset))]
        }
        arguments += [.long(Int64(rows)), .int(Int32(columns)), .local(groups.itemsOfGroup * 8)]
        try launch(kernel, arguments, over: groups.extent, for: "softmax")
    }
}
