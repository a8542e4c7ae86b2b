// SPDX-License-Identifier: Apache-2.0

import Glibc
import KindlingBackend

extension BackendLaws {
    /// Smoothing, weights, rows that do not count, classes that do not exist.
    static let crossEntropyCases: [BackendCase] =
        [DType.float32, .float64, .bfloat16, .float16].flatMap { dtype in
            [false, true].map { backward in
                BackendCase("crossEntropy\(backward ? " gradient" : "") \(dtype.name)") {
                    crossEntropies(dtype, backward: backward)
                }
            }
        } + [BackendCase("crossEntropy of classes that do not exist", calls: wrongClasses)]

    private static func crossEntropies(_ dtype: DType, backward: Bool) -> [BackendCall] {
        let plans: [(rows: Int, classes: Int, smoothing: Double, weighted: Bool, ignored: Int64)] = [
            (5, 3, 0, false, -100), (7, 10, 0, false, 2), (7, 10, 0, true, -100), (6, 10, 0.1, false, 1),
            (6, 10, 0.1, true, -100), (4, 4, 1, true, 0), (1, 1, 0, false, -100), (33, 100, 0, false, -100),
            (3, 1000, 0.2, true, 5), (0, 4, 0, false, -100),
        ]
        return plans.map { plan in
            let request = CrossEntropyRequest(
                smoothing: plan.smoothing, ignoredClass: plan.ignored, weighted: plan.weighted, backward: backward)
            let classes = (0..<max(1, plan.rows)).map { row in
                row % 5 == 3 && plan.ignored < 0 ? Double(plan.ignored) : Double(row * 7 % plan.classes)
            }
            return call(request, dtype, rows: plan.rows, classes: plan.classes, .listed(classes), mistake: nil)
        } + [
            call(  // too large for exp
                CrossEntropyRequest(backward: backward), dtype, rows: 3, classes: 4, .listed([0, 1, 2]), mistake: nil,
                logits: backward ? .uniform(-3, 3, seed: 1) : .listed([1000, 1001, 998, 1000]))
        ]
    }

    private static func wrongClasses() -> [BackendCall] {
        [4, -1, 1000, -99].flatMap { wrong in
            [false, true].map { backward in
                call(
                    CrossEntropyRequest(backward: backward), .float32, rows: 3, classes: 4, .listed([0, 1, wrong]),
                    mistake: .indexOutOfRange)
            }
        }
    }

    private static func call(
        _ request: CrossEntropyRequest, _ dtype: DType, rows: Int, classes: Int, _ targets: SampleValues,
        mistake: TensorError.Code?, logits: SampleValues = .uniform(-3, 3, seed: 1)
    ) -> BackendCall {
        var inputs = [
            TensorSample.input(dtype, [rows, classes], .rowMajor, logits), .input(.int64, [rows], .rowMajor, targets),
        ]
        if request.backward {
            let sums = logarithmsOfSums(logits, rows: rows, classes: classes)
            inputs.append(.input(dtype, [rows], .rowMajor, .listed(sums)))
            inputs.append(.input(dtype, [rows], .rowMajor, .uniform(-1, 1, seed: 3)))
        }
        if request.weighted { inputs.append(.input(dtype, [classes], .rowMajor, .uniform(0.2, 2, seed: 4))) }
        let outputs = [TensorSample.output(dtype, [rows]), .output(dtype, [rows])]
        // A backend may use the lse it is given or a better one of its own; given in 16 bits, it is off by an ulp of 4.
        let rounding = request.backward && dtype.byteCount == 2 ? 8 * dtype.epsilon / DType.float32.epsilon : 0
        // A loss is a difference of numbers as large as the logits, and may be off as they are.
        let largest = (0..<(rows * classes)).map { logits.number(at: $0) }.max() ?? 0
        return BackendCall(
            .crossEntropy(request), inputs, to: request.backward ? [.output(dtype, [rows, classes])] : outputs,
            within: Tolerance(ulps: 8, units: Double(32 + classes) + largest + rounding), mistake: mistake)
    }

    private static func logarithmsOfSums(_ logits: SampleValues, rows: Int, classes: Int) -> [Double] {
        (0..<max(1, rows)).map { row in
            log((0..<classes).map { exp(logits.number(at: row * classes + $0)) }.reduce(0, +))
        }
    }
}
