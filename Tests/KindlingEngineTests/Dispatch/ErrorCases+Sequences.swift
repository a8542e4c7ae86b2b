// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let sequences: [ErrorCase] =
        network("recurrent", 1) { $0.recurrent($1, initial: $2, lengths: $3).output }
        + network("lstm", 4) { x, weights, state, lengths in
            x.lstm(weights, initial: state.map { ($0, $0) }, lengths: lengths).output
        }
        + network("gru", 3) { $0.gru($1, initial: $2, lengths: $3).state }

    /// The mistakes that every recurrent network refuses, with two features in and out.
    private static func network(
        _ name: String, _ gates: Int,
        _ run: @escaping @Sendable (Tensor, RecurrentWeights, Tensor?, [Int]?) -> Tensor
    ) -> [ErrorCase] {
        @Sendable func weights(bias: Int? = nil, dtype: DType = .float32) -> RecurrentWeights {
            RecurrentWeights(
                input: zeros(gates * 2, 2, dtype: dtype), hidden: zeros(gates * 2, 2, dtype: dtype),
                inputBias: bias.map { zeros($0, dtype: dtype) })
        }
        let rows = gates == 1 ? "" : "\(gates) · "
        return [
            ErrorCase(
                .shapeMismatch,
                "\(name): an input of shape [3, 2] is no batch of sequences; give [T, N, I], or [N, T, I] with "
                    + "batchFirst: true"
            ) { run(zeros(3, 2), weights(), nil, nil) },
            ErrorCase(
                .dtypeMismatch,
                "\(name): inputs of int64 are not floating-point numbers; convert them: converted(to: .float32)"
            ) { run(zeros(3, 1, 2, dtype: .int64), weights(), nil, nil) },
            ErrorCase(.shapeMismatch, "\(name): a hidden weight of shape [7, 2] is not [\(rows)H, H]") {
                run(zeros(3, 1, 2), RecurrentWeights(input: zeros(7, 2), hidden: zeros(7, 2)), nil, nil)
            },
            ErrorCase(
                .shapeMismatch,
                "\(name): input weights of shape [\(gates * 2), 2] do not fit, [\(gates * 2), 5] is needed; reshape or "
                    + "expand them"
            ) { run(zeros(3, 1, 5), weights(), nil, nil) },
            ErrorCase(
                .shapeMismatch,
                "\(name): biases of shape [1] do not fit, [\(gates * 2)] is needed; reshape or expand them"
            ) { run(zeros(3, 1, 2), weights(bias: 1), nil, nil) },
            ErrorCase(
                .dtypeMismatch,
                "\(name): an input of float32 and a weight or state of float64 differ; convert one: "
                    + "converted(to: .float32)"
            ) { run(zeros(3, 1, 2), weights(dtype: .float64), nil, nil) },
            ErrorCase(
                .shapeMismatch,
                "\(name): initial states of shape [2, 1] do not fit, [1, 2] is needed; reshape or expand them"
            ) { run(zeros(3, 1, 2), weights(), zeros(2, 1), nil) },
            ErrorCase(
                .invalidValue,
                "\(name): lengths [9223372036854775807] do not fit 1 sequences of 3 steps; give one length for each "
                    + "sequence, 0 ... 3"
            ) { run(zeros(3, 1, 2), weights(), nil, [.max]) },
            ErrorCase(
                .invalidValue,
                "\(name): lengths [1, 0] do not fit 1 sequences of 3 steps; give one length for each sequence, 0 ... 3"
            ) { run(zeros(3, 1, 2), weights(), nil, [1, 0]) },
        ]
    }
}
