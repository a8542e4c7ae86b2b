// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Writes the kernel of a ``Reduction``.
struct ReductionSource {
    let function: Reduction.Function
    let input: DType
    let output: DType
    let keptRank: Int
    let reducedRank: Int
    /// What the result is multiplied in, if it is.
    let scale: Arithmetic?

    var key: KernelKey {
        var key = KernelKey(.reduce)
        key.add(function.rawValue)
        key.add(input)
        key.add(output)
        key.add(keptRank)
        key.add(reducedRank)
        key.add(scale?.rawValue ?? .max)
        return key
    }

    /// Sums are taken of 32 elements at a time and then of those sums, which keeps rounding errors small.
    var text: String {
        ElementSource.preamble([input, output] + (scale == .float64 ? [.float64] : []), input.arithmetic) + combine
            + """
            __kernel void \(ProgramCache.kernelName)(\(parameters)) {
                const int item = get_local_id(0), items = get_local_size(0), mine = get_local_id(1) * items + item;
                const long row = get_global_id(1);
                REAL result = \(identity);
            \(function.givesPlace ? "    long place = \(noPlace);\n" : "")\
                if (row < rows) {
                    long rest = row / parts, base = 0;
            \(decomposition(axes: 0..<keptRank, into: "base"))\
                    const long begin = (row % parts) * each, end = min(begin + each, count);
                    for (long start = begin + item; start < end; start += 32 * items) {
                        REAL block = \(identity);
                        const long stop = min(end, start + 32 * items);
                        for (long r = start; r < stop; r += items) {
                            long at = base, rest = r;
            \(decomposition(axes: keptRank..<(keptRank + reducedRank), into: "at"))\
                            const REAL x = \(ElementSource.load(input, "p1", "o1 + at"));
                            \(function.givesPlace
                                ? "if (is_better(x, r, result, place)) { result = x; place = r; }"
                                : "block = combine(block, x);")
                        }
                        \(function.givesPlace ? "" : "result = combine(result, block);")
                    }
                }
                scratch[mine] = result;
            \(function.givesPlace ? "    places[mine] = place;\n" : "")\
                for (int step = items / 2; step > 0; step /= 2) {
                    barrier(CLK_LOCAL_MEM_FENCE);
                    if (item < step) {
            \(join)
                    }
                }
                if (item == 0 && row < rows) { \(store) }
            }

            """
    }

    private var parameters: String {
        var parameters = [
            "__global \(ElementSource.name(of: output))* p0", "const long o0",
            "__global const \(ElementSource.name(of: input))* p1", "const long o1",
            "const long rows", "const long parts", "const long each", "const long count",
        ]
        if let scale { parameters.append("const \(ElementSource.name(of: scale)) scale") }
        for axis in 0..<(keptRank + reducedRank) { parameters += ["const long n\(axis)", "const long s\(axis)"] }
        parameters.append("__local REAL* scratch")
        if function.givesPlace { parameters.append("__local long* places") }
        return parameters.joined(separator: ", ")
    }

    /// Statements that add each axis' place times its step; the slowest axis takes what is left.
    private func decomposition(axes: Range<Int>, into sum: String) -> String {
        axes.reversed().map { axis in
            axis == axes.lowerBound
                ? "        \(sum) += rest * s\(axis);\n"
                : "        \(sum) += (rest % n\(axis)) * s\(axis); rest /= n\(axis);\n"
        }.joined()
    }

    private var combine: String {
        let isInteger = input.arithmetic == .int64
        let isNaN = isInteger ? "false" : "isnan(a)"
        switch function {
        case .sum:
            return isInteger
                ? "REAL combine(REAL a, REAL b) { return (long)((ulong)a + (ulong)b); }\n"
                : "REAL combine(REAL a, REAL b) { return a + b; }\n"
        case .product:
            return isInteger
                ? "REAL combine(REAL a, REAL b) { return (long)((ulong)a * (ulong)b); }\n"
                : "REAL combine(REAL a, REAL b) { return a * b; }\n"
        case .minimum: return "REAL combine(REAL a, REAL b) { return \(isNaN) || a < b ? a : b; }\n"
        case .maximum: return "REAL combine(REAL a, REAL b) { return \(isNaN) || a > b ? a : b; }\n"
        case .argumentOfMinimum, .argumentOfMaximum:
            let sign = function == .argumentOfMinimum ? "<" : ">"
            let nan = isInteger ? "" : "if (isnan(a) || isnan(b)) return isnan(a) && (!isnan(b) || at < best);"
            return """
                bool is_better(REAL a, long at, REAL b, long best) {
                    if (at == \(noPlace)) return false;
                    if (best == \(noPlace)) return true;
                    \(nan)
                    return a \(sign) b || (a == b && at < best);
                }

                """
        }
    }

    private let noPlace = "0x7fffffffffffffffl"

    private var identity: String {
        let isInteger = input.arithmetic == .int64
        switch function {
        case .sum, .argumentOfMinimum, .argumentOfMaximum: return "(REAL)0"
        case .product: return "(REAL)1"
        case .minimum: return isInteger ? "0x7fffffffffffffffl" : "(REAL)INFINITY"
        case .maximum: return isInteger ? "(-0x7fffffffffffffffl - 1)" : "(REAL)-INFINITY"
        }
    }

    private var join: String {
        function.givesPlace
            ? """
                        if (is_better(scratch[mine + step], places[mine + step], scratch[mine], places[mine])) {
                            scratch[mine] = scratch[mine + step];
                            places[mine] = places[mine + step];
                        }
            """
            : "            scratch[mine] = combine(scratch[mine], scratch[mine + step]);"
    }

    private var store: String {
        if function.givesPlace { return "p0[o0 + row] = places[mine] == \(noPlace) ? 0 : places[mine];" }
        guard let scale else { return ElementSource.store(output, input.arithmetic, "p0", "o0 + row", "scratch[mine]") }
        let type = ElementSource.name(of: scale)
        return ElementSource.store(output, scale, "p0", "o0 + row", "(\(type))scratch[mine] * scale")
    }
}
