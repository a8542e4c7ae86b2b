// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Normalization of channels, in both orders of pictures, and of rows, forward and backward.
    static let normalizationCases: [BackendCase] =
        [DType.float32, .float64].flatMap { dtype in
            [false, true].flatMap { backward in
                [NormalizationRequest.Group.channel, .row, .uncenteredRow].map { group in
                    BackendCase("normalization of each \(group)\(backward ? " gradient" : "") \(dtype.name)") {
                        calls(group, dtype, backward: backward)
                    }
                }
            }
        }

    private static func calls(_ group: NormalizationRequest.Group, _ dtype: DType, backward: Bool) -> [BackendCall] {
        let shapes: [Shape] =
            group == .channel
            ? [
                [4, 3], [7, 33], [2, 3, 5], [3, 4, 5, 6], [2, 20, 3, 3], [1, 5, 40, 40], [300, 17], [2, 2, 2, 3, 2],
            ]
            : [[4, 3], [1, 1], [7, 33], [300, 17], [3, 1000], [5, 2], [0, 4]]
        return shapes.flatMap { shape in
            [(true, true), (true, false), (false, true), (false, false)].flatMap { weighted, biased in
                (shape.rank == 4 && group == .channel ? [SampleLayout.rowMajor, .channelsLast] : [.rowMajor]).map {
                    call(
                        NormalizationRequest(
                            group, epsilon: 1e-3, weighted: weighted, biased: biased, backward: backward), dtype, shape,
                        $0)
                }
            }
        }
    }

    private static func call(
        _ request: NormalizationRequest, _ dtype: DType, _ shape: Shape, _ layout: SampleLayout
    ) -> BackendCall {
        let groups = request.group == .channel ? shape[1] : shape[0]
        let members = max(1, shape.elementCount / max(1, groups))
        // A mean away from zero: sums of squares alone would lose the variance.
        let x = TensorSample.input(dtype, shape, layout, .uniform(3, 5, seed: 1))
        let weight = TensorSample.input(dtype, [shape[1]], .rowMajor, .uniform(0.5, 2, seed: 2))
        let bias = TensorSample.input(dtype, [shape[1]], .rowMajor, .uniform(-1, 1, seed: 3))
        guard request.backward else {
            return BackendCall(
                .normalization(request), [x] + (request.weighted ? [weight] : []) + (request.biased ? [bias] : []),
                to: [.output(dtype, shape, layout), .output(dtype, [groups]), .output(dtype, [groups])],
                within: Tolerance(ulps: 8, units: 256))
        }
        let upstream = TensorSample.input(dtype, shape, layout, .uniform(-1, 1, seed: 4))
        let mean = TensorSample.input(
            dtype, [groups], .rowMajor, request.group == .uncenteredRow ? .listed([0]) : .uniform(3.9, 4.1, seed: 5))
        let variance = TensorSample.input(dtype, [groups], .rowMajor, .uniform(0.3, 0.4, seed: 6))
        let learned = TensorSample.output(dtype, [shape[1]])
        return BackendCall(
            .normalization(request), [upstream, x, mean, variance] + (request.weighted ? [weight] : []),
            to: [.output(dtype, shape, layout)] + (request.weighted ? [learned] : [])
                + (request.biased ? [learned] : []),
            within: Tolerance(ulps: 8, units: Double(256 + 8 * members)))
    }
}
