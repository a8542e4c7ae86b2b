// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Writes the kernel of a ``Matmul``: `side`² items calculate a tile of (4 · side)² results, 4 × 4 an item, from
/// slices of both matrices that they load into local memory together.
struct MatmulSource {
    /// The types of output, left, right and, where there is one, bias.
    let dtypes: [DType]
    let activation: Matmul.Activation
    let batchRank: Int
    let side: Int

    /// The tile's height and width.
    var tile: Int { 4 * side }
    private var hasBias: Bool { dtypes.count > 3 }
    private var arithmetic: Arithmetic { dtypes[0].arithmetic }

    var key: KernelKey {
        var key = KernelKey(.matmul)
        key.add(activation.rawValue)
        key.add(batchRank)
        for dtype in dtypes { key.add(dtype) }
        return key
    }

    var text: String {
        ElementSource.preamble(dtypes, arithmetic) + """
            #define SIDE \(side)
            #define TILE \(tile)
            #define DEPTH 16
            __kernel void \(ProgramCache.kernelName)(\(parameters.joined(separator: ", "))) {
                __local REAL a[DEPTH][TILE + 1], b[DEPTH][TILE + 1];
                const int x = get_local_id(0), y = get_local_id(1), tiles = (rows + TILE - 1) / TILE;
                const long batch = get_group_id(1) / tiles;
                const int top = (int)(get_group_id(1) % tiles) * TILE, left = (int)get_group_id(0) * TILE;
                long startA = o1, startB = o2, rest = batch;
            \(batchStart)\
                REAL sums[4][4];
                for (int i = 0; i < 4; i++) for (int j = 0; j < 4; j++) sums[i][j] = 0;
                for (int begin = 0; begin < depth; begin += DEPTH) {
                    for (int e = y * SIDE + x; e < DEPTH * TILE; e += SIDE * SIDE) {
                        // Neighbouring items load neighbouring elements, whichever way the matrix lies.
                        const int ka = columnStepA == 1 ? e % DEPTH : e / TILE;
                        const int m = columnStepA == 1 ? e / DEPTH : e % TILE;
                        const int kb = columnStepB == 1 ? e / TILE : e % DEPTH;
                        const int n = columnStepB == 1 ? e % TILE : e / DEPTH;
                        REAL valueA = 0, valueB = 0;
                        if (top + m < rows && begin + ka < depth) {
                            const long at = startA + (top + m) * rowStepA + (begin + ka) * columnStepA;
                            valueA = \(ElementSource.load(dtypes[1], "p1", "at"));
                        }
                        if (left + n < columns && begin + kb < depth) {
                            const long at = startB + (begin + kb) * rowStepB + (left + n) * columnStepB;
                            valueB = \(ElementSource.load(dtypes[2], "p2", "at"));
                        }
                        a[ka][m] = valueA;
                        b[kb][n] = valueB;
                    }
                    barrier(CLK_LOCAL_MEM_FENCE);
                    for (int k = 0; k < DEPTH; k++) {
                        REAL u[4], v[4];
                        for (int i = 0; i < 4; i++) u[i] = a[k][y * 4 + i];
                        for (int j = 0; j < 4; j++) v[j] = b[k][x + j * SIDE];
                        for (int i = 0; i < 4; i++)
                            for (int j = 0; j < 4; j++) sums[i][j] = \(multiplyAdd);
                    }
                    barrier(CLK_LOCAL_MEM_FENCE);
                }
                for (int i = 0; i < 4; i++) {
                    const int m = top + y * 4 + i;
                    for (int j = 0; j < 4; j++) {
                        const int n = left + x + j * SIDE;
                        if (m >= rows || n >= columns) continue;
                        REAL value = sums[i][j];
            \(epilogue)\
                        \(ElementSource.store(
                            dtypes[0], arithmetic, "p0", "o0 + (batch * rows + m) * columns + n", "value"))
                    }
                }
            }

            """
    }

    private var parameters: [String] {
        let operands = dtypes.enumerated().map { number, dtype in
            "__global \(number == 0 ? "" : "const ")\(ElementSource.name(of: dtype))* p\(number), const long o\(number)"
        }
        let batches = (0..<batchRank).map { "const long n\($0), const long sa\($0), const long sb\($0)" }
        return operands
            + ["const int rows", "const int columns", "const int depth"]
            + ["const long rowStepA", "const long columnStepA", "const long rowStepB", "const long columnStepB"]
            + batches
    }

    private var batchStart: String {
        (0..<batchRank).reversed().map { axis in
            "    startA += (rest % n\(axis)) * sa\(axis); startB += (rest % n\(axis)) * sb\(axis); rest /= n\(axis);\n"
        }.joined()
    }

    private var multiplyAdd: String {
        arithmetic == .int64
            ? "(long)((ulong)u[i] * (ulong)v[j] + (ulong)sums[i][j])" : "fma(u[i], v[j], sums[i][j])"
    }

    private var epilogue: String {
        var lines = ""
        if hasBias { lines += "            value += \(ElementSource.load(dtypes[3], "p3", "o3 + n"));\n" }
        // A comparison that NaN fails, so that NaN passes through.
        if activation == .relu { lines += "            if (value < 0) value = 0;\n" }
        return lines
    }
}
