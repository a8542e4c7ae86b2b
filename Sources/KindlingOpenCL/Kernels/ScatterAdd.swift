// SPDX-License-Identifier: Apache-2.0
internal import COpenCL
internal import KindlingBackend

extension OpenCLBackend {
    /// Adds slices in the order of their indices, with the same sums every time.
    ///
    /// The host reads the indices (so it waits for the device), checks them and groups the updates by slice; then an
    /// item an element of a slice adds that slice's updates one after the other. No atomic additions: their order,
    /// and so the last bits, would change from run to run.
    func scatterAdd(indices: Operand, _ updates: Operand, _ output: Operand) throws(TensorError) {
        guard output.shape.elementCount > 0 || updates.shape.elementCount > 0 else { return }  // Nothing to add to.
        try requireFloat64([output.dtype], output.dtype.arithmetic, "scatterAdd")
        let rows = output.shape[0]
        let size = output.dtype.byteCount
        if output.shape.elementCount > 0 {
            var zero: UInt8 = 0
            let status = clEnqueueFillBuffer(
                queue, output.storage.buffer, &zero, 1, output.offset * size, output.shape.elementCount * size, 0,
                nil, nil)
            try check(status, "scatterAdd", while: "clearing memory")
        }
        let count = indices.shape.elementCount
        let width = count == 0 ? 0 : updates.shape.elementCount / count
        guard width > 0 else { return }  // No updates: all is zero.
        let places: [Int64] = try download(indices.storage, from: indices.offset, count: count)
        let groups = try UpdateGroups(places, rows: rows)
        let (order, segments) = (try allocate(byteCount: count * 8), try allocate(byteCount: groups.segments.count * 8))
        try upload(groups.order, to: order)
        try upload(groups.segments, to: segments)
        var key = KernelKey(.scatterAdd)
        key.add(output.dtype)
        key.add(updates.dtype)
        let kernel = try programs.kernel(key, for: "scatterAdd") {
            Self.scatterSource(output.dtype, updates: updates.dtype)
        }
        let elements = groups.segments.count / 3 * width
        let arguments: [KernelArgument] = [
            .buffer(output.storage), .long(Int64(output.offset)), .buffer(updates.storage),
            .long(Int64(updates.offset)), .buffer(order), .buffer(segments), .long(Int64(elements)),
            .long(Int64(width)),
        ]
        try launch(kernel, arguments, over: .line(elements, group: lineGroup), for: "scatterAdd")
        withExtendedLifetime((order, segments)) {}
    }

    private static func scatterSource(_ dtype: DType, updates: DType) -> String {
        ElementSource.preamble([dtype, updates], dtype.arithmetic) + """
            __kernel void \(ProgramCache.kernelName)(__global \(ElementSource.name(of: dtype))* p0, const long o0,
                    __global const \(ElementSource.name(of: updates))* p1, const long o1, __global const long* order,
                    __global const long* segments, const long count, const long width) {
                const long i = get_global_id(0);
                if (i >= count) return;
                const long segment = i / width * 3, column = i % width;
                REAL sum = 0;
                for (long n = segments[segment + 1]; n < segments[segment + 2]; n++)
                    sum += \(ElementSource.load(updates, "p1", "o1 + order[n] * width + column"));
                \(ElementSource.store(
                    dtype, dtype.arithmetic, "p0", "o0 + segments[segment] * width + column", "sum"))
            }

            """
    }
}

/// Updates of slices, grouped by slice, in their own order within each.
struct UpdateGroups {
    /// The numbers of the updates, slice after slice.
    private(set) var order: [Int64]
    /// For each slice that has updates: its number, and where its updates begin and end in `order`.
    private(set) var segments: [Int64] = []

    /// - Throws: `indexOutOfRange`.
    init(_ indices: [Int64], rows: Int) throws(TensorError) {
        var resolved: [(row: Int64, place: Int64)] = []
        resolved.reserveCapacity(indices.count)
        for (place, index) in indices.enumerated() {
            let row = index < 0 ? index + Int64(rows) : index
            guard row >= 0, row < rows else {
                throw IndexCheck.error(index, at: place, range: -rows..<rows, "scatterAdd")
            }
            resolved.append((row, Int64(place)))
        }
        resolved.sort { ($0.row, $0.place) < ($1.row, $1.place) }
        order = resolved.map(\.place)
        for (place, entry) in resolved.enumerated() {
            if place == 0 || resolved[place - 1].row != entry.row {
                segments += [entry.row, Int64(place), Int64(place)]
            }
            segments[segments.count - 1] = Int64(place + 1)
        }
    }
}
