// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Writes the kernels of ``CrossEntropyRequest``.
struct CrossEntropySource {
    let dtype: DType
    let backward: Bool
    let weighted: Bool
    /// Whether targets are spread; without it no other class is read, so that logits of −∞ do no harm.
    let smoothed: Bool

    var key: KernelKey {
        var key = KernelKey(.crossEntropy)
        key.add(dtype)
        key.add(backward)
        key.add(weighted)
        key.add(smoothed)
        return key
    }

    var text: String {
        ElementSource.preamble([dtype], dtype.arithmetic) + RowGroups.source + """
            __kernel void \(ProgramCache.kernelName)(\(parameters.joined(separator: ", ")),
                    const long rows, const int columns, const REAL smoothing, const long ignored,
                    __global int* wrong, __local REAL* scratch) {
                const long row = get_global_id(1), first = row * columns;
                const int item = get_local_id(0), items = get_local_size(0), end = row < rows ? columns : 0;
                const long class = row < rows ? classes[classesOffset + row] : ignored;
                const bool isWrong = class != ignored && (class < 0 || class >= columns);
                if (isWrong && item == 0) { \(IndexCheck.note("row")) }
                const bool counts = class != ignored && !isWrong;
                const REAL spread = smoothing / columns;
                const REAL certain = ((REAL)1 - smoothing) * \(weighted ? "(counts ? \(weight("class")) : 0)" : "1");

            """ + (backward ? gradient : losses) + "}\n"
    }

    private var parameters: [String] {
        let real = ElementSource.name(of: dtype)
        let names = (backward ? ["gradient"] : ["losses", "lses"])
        let written = names.map { "__global \(real)* \($0), const long \($0)Offset" }
        let reading = (backward ? ["lses", "upstream"] : []) + (weighted ? ["weights"] : [])
        return written + ["__global const \(real)* logits, const long logitsOffset"]
            + ["__global const long* classes, const long classesOffset"]
            + reading.map { "__global const \(real)* \($0), const long \($0)Offset" }
    }

    private func load(_ name: String, _ index: String) -> String {
        "(\(ElementSource.load(dtype, name, "\(name)Offset + \(index)")))"
    }

    private func weight(_ index: String) -> String { weighted ? load("weights", index) : "(REAL)1" }

    private var losses: String {
        let x = load("logits", "first + c")
        let spreading = """
                REAL others = 0;
                for (int c = item; c < end; c += items) others += \(weight("c")) * (shift - \(x) + logarithm);
                others = sum_of_row(others, scratch);

            """
        let loss =
            "certain * (shift - \(load("logits", "first + class")) + logarithm)"
            + (smoothed ? " + spread * others" : "")
        return """
                REAL most = (REAL)-INFINITY;
                for (int c = item; c < end; c += items) most = largest(most, \(x));
                most = largest_of_row(most, scratch);
                REAL sum = 0;
                for (int c = item; c < end; c += items) sum += exp(\(x) - most);
                sum = sum_of_row(sum, scratch);
                // Kept apart: their sum, rounded, has lost the digits that small differences of large logits need.
                const REAL shift = most, logarithm = isinf(most) ? 0 : log(sum);
            \(smoothed ? spreading : "")\
                if (item == 0 && row < rows) {
                    \(ElementSource.store(dtype, dtype.arithmetic, "lses", "lsesOffset + row", "shift + logarithm"))
                    const REAL loss = counts ? \(loss) : (REAL)0;
                    \(ElementSource.store(dtype, dtype.arithmetic, "losses", "lossesOffset + row", "loss"))
                }

            """
    }

    private var gradient: String {
        let total = """
                REAL total = 0;
                for (int c = item; c < end; c += items) total += \(weight("c"));
                total = spread * sum_of_row(total, scratch);

            """
        let probability = "exp(\(load("logits", "first + c")) - lse)"
        let slope = "\(probability) * (certain + total) - (c == class ? certain : (REAL)0) - spread * \(weight("c"))"
        return (smoothed ? total : "    const REAL total = 0;\n") + """
                const REAL lse = row < rows ? \(load("lses", "row")) : 0;
                const REAL scale = counts ? \(load("upstream", "row")) : 0;
                for (int c = item; c < end; c += items) {
                    const REAL slope = counts ? scale * (\(slope)) : (REAL)0;
                    \(ElementSource.store(dtype, dtype.arithmetic, "gradient", "gradientOffset + first + c", "slope"))
                }

            """
    }
}
