// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Sizes, transposes, batches, and what follows the product.
    static let matmulCases: [BackendCase] =
        [DType.float32, .float64, .bfloat16, .float16].flatMap { dtype in
            [
                BackendCase("matmul sizes \(dtype.name)") { sizes(dtype) },
                BackendCase("matmul batches \(dtype.name)") { batches(dtype) },
            ]
        } + [BackendCase("matmul integers") { [DType.int32, .int64].flatMap { product([], 5, 6, 7, $0) } }]

    private static func sizes(_ dtype: DType) -> [BackendCall] {
        let sizes = [
            (1, 1, 1), (2, 4, 3), (5, 3, 7), (17, 9, 33), (1, 40, 70), (40, 1, 70), (33, 34, 1), (3, 4, 0), (0, 4, 3),
            (4, 0, 3),
        ]
        return sizes.flatMap { rows, columns, terms in product([], rows, columns, terms, dtype) }
    }

    private static func batches(_ dtype: DType) -> [BackendCall] {
        [[3], [2, 3], [1], [0], [2, 1, 2]].flatMap { product($0, 4, 5, 6, dtype) }
            + [([3], [0], []), ([3], [], [0]), ([2, 3], [0], [1]), ([2, 3], [1], [0, 1])].flatMap {
                product($0, 4, 5, 6, dtype, repeating: $1, $2)
            }
    }

    /// The product in each combination of transposes, the last ones with a bias and an activation.
    private static func product(
        _ batch: [Int], _ rows: Int, _ columns: Int, _ terms: Int, _ dtype: DType, repeating left: [Int] = [],
        _ right: [Int] = []
    ) -> [BackendCall] {
        let values = dtype.isFloatingPoint ? SampleValues.uniform(-1, 1, seed: 1) : .whole(-9, 9, seed: 1)
        let more = dtype.isFloatingPoint ? SampleValues.uniform(-1, 1, seed: 2) : .whole(-9, 9, seed: 2)
        let plain = [
            (SampleLayout.rowMajor, SampleLayout.rowMajor, Matmul()), (.matrixTransposed, .rowMajor, Matmul()),
            (.rowMajor, .matrixTransposed, Matmul(bias: true)),
            (.matrixTransposed, .matrixTransposed, Matmul(activation: .relu)),
            (.shifted, .rowMajor, Matmul(bias: true, activation: .relu)),
        ]
        let plans = left.isEmpty && right.isEmpty ? plain : [(.broadcast(left), .broadcast(right), Matmul(bias: true))]
        return plans.map { leftLayout, rightLayout, matmul in
            let inputs = [
                TensorSample.input(dtype, Shape(batch + [rows, terms]), leftLayout, values),
                .input(dtype, Shape(batch + [terms, columns]), rightLayout, more),
            ]
            let bias = TensorSample.input(dtype, [columns], .rowMajor, values)
            return BackendCall(
                .matmul(matmul), matmul.bias ? inputs + [bias] : inputs,
                to: [.output(dtype, Shape(batch + [rows, columns]))], within: .sums(of: terms))
        }
    }
}
