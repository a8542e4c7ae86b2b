// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// How rows are shared out: so many items work on one row together, so many rows make a group.
///
/// In the kernels `get_local_id(0)` counts a row's items, a power of two, and `get_global_id(1)` the rows.
struct RowGroups {
    let extent: KernelExtent
    /// The items of one group: what local memory is needed for.
    let itemsOfGroup: Int

    /// - Parameters:
    ///   - itemsPerRow: at most so many items for a row; rounded down to a power of two.
    ///   - maximum: the largest group of the device.
    init(rows: Int, itemsPerRow: Int, maximum: Int) {
        let group = Self.powerOfTwo(upTo: min(256, maximum))
        let items = min(group, Self.powerOfTwo(upTo: itemsPerRow))
        // Short of rows, a whole group of idle items would be started for the last few.
        let rowsOfGroup = max(1, min(group / items, Self.powerOfTwo(upTo: rows)))
        extent = KernelExtent(groups: (1, (rows + rowsOfGroup - 1) / rowsOfGroup), items: (items, rowsOfGroup))
        itemsOfGroup = items * rowsOfGroup
    }

    private static func powerOfTwo(upTo limit: Int) -> Int {
        limit < 2 ? 1 : 1 << (Int.bitWidth - 1 - limit.leadingZeroBitCount)
    }

    /// Functions that give every item of a row the sum or the largest of what its items hold.
    ///
    /// A row's part of `scratch` is used again by the next call, hence the last barrier.
    static let source = """
        REAL sum_of_row(REAL x, __local REAL* scratch) {
            const int item = get_local_id(0), first = get_local_id(1) * get_local_size(0);
            scratch[first + item] = x;
            for (int step = get_local_size(0) / 2; step > 0; step /= 2) {
                barrier(CLK_LOCAL_MEM_FENCE);
                if (item < step) scratch[first + item] += scratch[first + item + step];
            }
            barrier(CLK_LOCAL_MEM_FENCE);
            const REAL sum = scratch[first];
            barrier(CLK_LOCAL_MEM_FENCE);
            return sum;
        }
        REAL largest(REAL a, REAL b) { return isnan(a) || a > b ? a : b; }
        REAL largest_of_row(REAL x, __local REAL* scratch) {
            const int item = get_local_id(0), first = get_local_id(1) * get_local_size(0);
            scratch[first + item] = x;
            for (int step = get_local_size(0) / 2; step > 0; step /= 2) {
                barrier(CLK_LOCAL_MEM_FENCE);
                if (item < step)
                    scratch[first + item] = largest(scratch[first + item], scratch[first + item + step]);
            }
            barrier(CLK_LOCAL_MEM_FENCE);
            const REAL most = scratch[first];
            barrier(CLK_LOCAL_MEM_FENCE);
            return most;
        }

        """
}
