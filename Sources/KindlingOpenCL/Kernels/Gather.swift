// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension OpenCLBackend {
    /// Picks slices: an item an element.
    ///
    /// Waits for the device to learn whether every index was in range.
    func gather(_ source: Operand, indices: Operand, _ output: Operand) throws(TensorError) {
        let count = output.shape.elementCount
        guard count > 0 else { return }  // No elements, no work.
        var key = KernelKey(.gather)
        key.add(source.dtype.byteCount)
        let kernel = try programs.kernel(key, for: "gather") { Self.gatherSource(ofBytes: source.dtype.byteCount) }
        let check = try IndexCheck(self)
        let rows = source.shape[0]
        let arguments: [KernelArgument] = [
            .buffer(output.storage), .long(Int64(output.offset)), .buffer(source.storage),
            .long(Int64(source.offset)), .buffer(indices.storage), .long(Int64(indices.offset)),
            .long(Int64(count)), .long(Int64(rows)), .long(Int64(count / indices.shape.elementCount)), check.argument,
        ]
        try launch(kernel, arguments, over: .line(count, group: lineGroup), for: "gather")
        try check.throwIfWrong(indices, range: -rows..<rows, "gather")
    }

    /// Slices are moved as unsigned numbers of their elements' size: one kernel for all types of a size.
    private static func gatherSource(ofBytes byteCount: Int) -> String {
        let word = [1: "uchar", 2: "ushort", 4: "uint"][byteCount, default: "ulong"]
        return """
            __kernel void \(ProgramCache.kernelName)(__global \(word)* p0, const long o0,
                    __global const \(word)* p1, const long o1, __global const long* p2, const long o2,
                    const long count, const long rows, const long width, __global int* wrong) {
                const long i = get_global_id(0);
                if (i >= count) return;
                const long place = i / width, index = p2[o2 + place], row = index < 0 ? index + rows : index;
                if (row < 0 || row >= rows) { \(IndexCheck.note("place")) return; }
                p0[o0 + i] = p1[o1 + row * width + i % width];
            }

            """
    }
}
