// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension OpenCLBackend {
    /// Calculates the loss of rows or its gradient.
    ///
    /// Waits for the device to learn whether every class was in range.
    func crossEntropy(
        _ loss: CrossEntropyRequest, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        let (logits, classes) = (inputs[0], inputs[1])
        let (rows, columns) = (logits.shape[0], logits.shape.last)
        guard rows > 0 else { return }  // No rows, no work.
        let source = CrossEntropySource(
            dtype: logits.dtype, backward: loss.backward, weighted: loss.weighted, smoothed: loss.smoothing != 0)
        try requireFloat64([logits.dtype], logits.dtype.arithmetic, "crossEntropy")
        let kernel = try programs.kernel(source.key, for: "crossEntropy") { source.text }
        let groups = RowGroups(rows: rows, itemsPerRow: columns / 4, maximum: device.maximumGroupSize)
        let check = try IndexCheck(self)
        var arguments: [KernelArgument] = []
        for index in outputs.indices {
            arguments += [.buffer(outputs[index].storage), .long(Int64(outputs[index].offset))]
        }
        for index in inputs.indices {
            arguments += [.buffer(inputs[index].storage), .long(Int64(inputs[index].offset))]
        }
        arguments += [
            .long(Int64(rows)), .int(Int32(columns)), .number(loss.smoothing, logits.dtype.arithmetic),
            .long(loss.ignoredClass), check.argument, .local(groups.itemsOfGroup * 8),
        ]
        try launch(kernel, arguments, over: groups.extent, for: "crossEntropy")
        try check.throwIfWrong(classes, range: 0..<columns, "crossEntropy")
    }
}
