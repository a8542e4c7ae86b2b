// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Every pair of types, and every layout on both sides.
    static let copyCases: [BackendCase] =
        DType.allCases.map { source in
            BackendCase("copy from \(source.name)") { DType.allCases.flatMap { pair(source, $0) } }
        } + [
            BackendCase("copy between layouts") {
                [DType.uint8, .bfloat16, .float32, .float64].flatMap(layoutCalls)
            }
        ]

    private static func pair(_ source: DType, _ target: DType) -> [BackendCall] {
        var numbers: [Double] = [0, 1, 2, 3, 100, 77]
        if source.isFloatingPoint { numbers += [2.75, 0.3, 99.5] }
        let isSigned = source != .uint8 && source != .bool
        if isSigned, target != .uint8 { numbers += [-1, -100] }
        if isSigned, source.isFloatingPoint, target != .uint8 { numbers += [-2.75, -0.3, -0.0] }
        if source.isFloatingPoint, target.isFloatingPoint {
            numbers += [.infinity, -.infinity, .nan, 65_504, 65_519, 65_520, -70_000, 2049, 257, 1.00390625]
            numbers += [1e-7, -3e-6, 1e-40, 3e38, 1e300, .leastNonzeroMagnitude]
        }
        if source.isFloatingPoint, target == .bool { numbers += [.nan, 1e-30] }
        // From float64, rounding by way of float32 is as good as rounding at once, and can be off by one.
        let tolerance = source == .float64 && target.byteCount == 2 ? Tolerance.ulps(1) : .exact
        return [(SampleLayout.rowMajor, SampleLayout.rowMajor), (.transposed, .rowMajor), (.rowMajor, .gapped)].map {
            BackendCall(
                .copy, [.input(source, [7, 13], $0, .listed(numbers))], to: [.output(target, [7, 13], $1)],
                within: tolerance)
        }
    }

    private static func layoutCalls(_ dtype: DType) -> [BackendCall] {
        let plans: [(Shape, SampleLayout, SampleLayout)] = [
            ([], .rowMajor, .shifted), ([0, 4], .rowMajor, .rowMajor), ([300], .shifted, .rowMajor),
            ([65, 33], .transposed, .rowMajor), ([65, 33], .rowMajor, .transposed), ([9, 5], .backwards, .gapped),
            ([9, 5], .gapped, .backwards), ([9, 5], .broadcast([0]), .rowMajor),
            ([9, 5], .broadcast([1]), .transposed), ([9, 5], .broadcast([0, 1]), .shifted),
            ([2, 3, 4, 5], .rowMajor, .channelsLast),
            ([2, 3, 4, 5], .channelsLast, .rowMajor), ([2, 17, 4], .channelsLast, .rowMajor),
            ([2, 3, 2, 2, 3], .permuted([4, 0, 2, 1, 3]), .permuted([1, 3, 0, 2, 4])),
            ([2, 1, 2, 1, 2, 1, 2, 3], .transposed, .rowMajor),
        ]
        return plans.map { shape, from, to in
            BackendCall(
                .copy, [.input(dtype, shape, from, .whole(0, 120, seed: 3))], to: [.output(dtype, shape, to)],
                within: .exact)
        }
    }
}
