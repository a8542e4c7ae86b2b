// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Writes the kernels of ``SoftmaxRequest``.
///
/// Items of rows beyond the last walk no columns, but meet the others at barriers.
enum SoftmaxSource {
    /// y from x: `dtypes` are those of y and x.
    static func forward(_ dtypes: [DType], logarithm: Bool) -> String {
        let x = ElementSource.load(dtypes[1], "p1", "first1 + c")
        let value = logarithm ? "\(x) - most - shift" : "exp(\(x) - most) * shift"
        return head(dtypes) + """
                REAL most = (REAL)-INFINITY;
                for (int c = item; c < end; c += items) most = largest(most, \(x));
                most = largest_of_row(most, scratch);
                REAL sum = 0;
                for (int c = item; c < end; c += items) sum += exp(\(x) - most);
                sum = sum_of_row(sum, scratch);
                // Infinities are not shifted to 0: where the largest is one, others become 0, and it becomes NaN.
                const REAL shift = \(logarithm ? "isinf(most) ? 0 : log(sum)" : "isinf(most) ? 1 : (REAL)1 / sum");
                for (int c = item; c < end; c += items) {
                    \(ElementSource.store(dtypes[0], dtypes[0].arithmetic, "p0", "first0 + c", value))
                }
            }

            """
    }

    /// The gradient from upstream and y: softmax y · (g − Σ g·y), logarithm g − exp(y) · Σ g.
    static func backward(_ dtypes: [DType], logarithm: Bool) -> String {
        let g = ElementSource.load(dtypes[1], "p1", "first1 + c")
        let y = ElementSource.load(dtypes[2], "p2", "first2 + c")
        let value = logarithm ? "\(g) - exp(\(y)) * sum" : "(\(y)) * (\(g) - sum)"
        return head(dtypes) + """
                REAL sum = 0;
                for (int c = item; c < end; c += items) sum += \(logarithm ? g : "(\(g)) * (\(y))");
                sum = sum_of_row(sum, scratch);
                for (int c = item; c < end; c += items) {
                    \(ElementSource.store(dtypes[0], dtypes[0].arithmetic, "p0", "first0 + c", value))
                }
            }

            """
    }

    private static func head(_ dtypes: [DType]) -> String {
        let operands = dtypes.enumerated().map { number, dtype in
            "__global \(number == 0 ? "" : "const ")\(ElementSource.name(of: dtype))* p\(number), const long o\(number)"
        }
        let firsts = dtypes.indices.map { "    const long first\($0) = o\($0) + row * columns;\n" }.joined()
        return ElementSource.preamble(dtypes, dtypes[0].arithmetic) + RowGroups.source + """
            __kernel void \(ProgramCache.kernelName)(\(operands.joined(separator: ", ")),
                    const long rows, const int columns, __local REAL* scratch) {
                const long row = get_global_id(1);
                const int item = get_local_id(0), items = get_local_size(0), end = row < rows ? columns : 0;

            """ + firsts
    }
}
