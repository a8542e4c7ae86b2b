// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Softmax and its logarithm, forward and backward.
    static let softmaxCases: [BackendCase] =
        [DType.float32, .float64, .bfloat16, .float16].flatMap { dtype in
            [false, true].flatMap { logarithm in
                [
                    BackendCase("softmax\(logarithm ? " logarithm" : "") \(dtype.name)") { forward(logarithm, dtype) },
                    BackendCase("softmax\(logarithm ? " logarithm" : "") gradient \(dtype.name)") {
                        gradient(logarithm, dtype)
                    },
                ]
            }
        }

    private static let shapes: [Shape] = [[], [1], [5], [4, 7], [2, 3, 33], [3, 1000], [257, 2], [0, 4], [3, 0]]

    private static func forward(_ logarithm: Bool, _ dtype: DType) -> [BackendCall] {
        let request = KernelRequest.softmax(SoftmaxRequest(logarithm: logarithm, backward: false))
        func call(_ shape: Shape, _ values: SampleValues) -> BackendCall {
            BackendCall(
                request, [.input(dtype, shape, .rowMajor, values)], to: [.output(dtype, shape)],
                within: Tolerance(ulps: 8, units: 32))
        }
        return shapes.map { call($0, .uniform(-8, 8, seed: 1)) } + [
            call([3, 5], .listed([1000, 1001, 999, 1000, 995])),  // too large for exp
            call([3, 5], .listed([-.infinity, 1, 2, -.infinity, 0])),  // masked
            call([4, 4], .listed([0, 0, 0, 0])),
            call([2, 3], .listed([.nan, 1, 2])),
        ]
    }

    private static func gradient(_ logarithm: Bool, _ dtype: DType) -> [BackendCall] {
        shapes.map { shape in
            let y = logarithm ? SampleValues.uniform(-8, -1, seed: 2) : .uniform(0, 0.5, seed: 2)
            return BackendCall(
                .softmax(SoftmaxRequest(logarithm: logarithm, backward: true)),
                [.input(dtype, shape, .rowMajor, .uniform(-1, 1, seed: 1)), .input(dtype, shape, .rowMajor, y)],
                to: [.output(dtype, shape)], within: Tolerance(ulps: 4, units: Double(8 + shape.last)))
        }
    }
}
