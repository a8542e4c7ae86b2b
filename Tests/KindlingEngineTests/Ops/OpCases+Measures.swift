// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    static let measures: [OpCase] = sparse + sliding + pooled + scanned + counted + byMask + compared

    private static let sparse: [OpCase] =
        ["", " of one", " of near numbers", " of nothing"].map { tag in
            .of("sparsemax\(tag)", .kinked) { $0.sparsemax() }
        } + [
            .of("sparsemax over 0", .kinked) { $0.sparsemax(over: 0) },
            .of("sparsemax over 1", .kinked) { $0.sparsemax(over: 1) },
        ]

    private static let sliding: [OpCase] = [
        .of("slidingWindows") { $0.slidingWindows(size: 2) },
        .of("slidingWindows along 0") { $0.slidingWindows(size: 2, along: 0) },
        .of("slidingWindows step 2") { $0.slidingWindows(size: 3, step: 2, along: 1) },
        .of("slidingWindows whole") { $0.slidingWindows(size: 3) },
        .of("slidingWindows of integers", .none) { $0.slidingWindows(size: 2, step: 3) },
        .of("slidingWindows beside nothing") { $0.slidingWindows(size: 2, along: 0) },
        .of("unfolded") { $0.unfolded(size: [2]) },
        .of("unfolded stride 2") { $0.unfolded(size: [2, 1], stride: [2]) },
        .of("unfolded padding") { $0.unfolded(size: [3], padding: [1]) },
        .of("unfolded dilation") { $0.unfolded(size: [2], padding: [1, 0], dilation: [2, 1]) },
        .of("unfolded of one") { $0.unfolded(size: [1]) },
        .of("unfolded 1-D") { $0.unfolded(size: [3], stride: [2]) },
        .of("folded") { $0.folded(to: [3, 4], size: [2]) },
        .of("folded stride 2") { $0.folded(to: [4, 3], size: [2, 1], stride: [2]) },
        .of("folded padding") { $0.folded(to: [3, 3], size: [3], padding: [1]) },
        .of("folded dilation") { $0.folded(to: [3, 3], size: [2], padding: [1, 0], dilation: [2, 1]) },
        .of("folded of one") { $0.folded(to: [1, 1], size: [1]) },
    ]

    private static let pooled: [OpCase] = [
        .of("powerPooled 2") { $0.powerPooled(2, size: [2]) },
        .of("powerPooled 2 stride 1") { $0.powerPooled(2, size: [2], stride: [1]) },
        .of("powerPooled 1") { $0.powerPooled(1, size: [2]) },
        .of("powerPooled 3") { $0.powerPooled(3, size: [1, 2]) },
        .of("powerPooled 2 of 1-D") { $0.powerPooled(2, size: [3]) },
        .of("averagePool ceil") { $0.averagePooled(size: [2], ceilMode: true) },
        .of("averagePool ceil, padding") { $0.averagePooled(size: [3], stride: [2], padding: [1], ceilMode: true) },
        .of("averagePool ceil, inside") {
            $0.averagePooled(size: [3], stride: [2], padding: [1], countingPadding: false, ceilMode: true)
        },
        .of("averagePool ceil that fits") { $0.averagePooled(size: [2], ceilMode: true) },
        .of("averagePool ceil of 1-D") { $0.averagePooled(size: [3], stride: [2], ceilMode: true) },
    ]

    private static let extremes: [(String, @Sendable (Tensor, Int) -> Tensor)] = [
        ("cumulativeMaximum", { $0.cumulativeMaximum(along: $1) }),
        ("cumulativeMinimum", { $0.cumulativeMinimum(along: $1) }),
        ("logCumulativeSumExp", { $0.logCumulativeSumExp(along: $1) }),
    ]

    private static let scanned: [OpCase] =
        extremes.flatMap { name, scan -> [OpCase] in
            let smoothness: Smoothness = name == "logCumulativeSumExp" ? .smooth : .kinked
            return [
                .of("\(name) along 0", smoothness) { scan($0, 0) }, .of("\(name) along 1", smoothness) { scan($0, 1) },
                .of("\(name) of three axes", smoothness) { scan($0, 1) },
                .of("\(name) of one", smoothness) { scan($0, 0) },
                .of("\(name) of nothing", smoothness) { scan($0, 1) },
            ]
        } + [
            .of("cumulativeMaximum of integers", .none) { $0.cumulativeMaximum(along: 0) },
            .of("cumulativeMinimum of integers", .none) { $0.cumulativeMinimum(along: 0) },
            .of("differences") { $0.differences() }, .of("differences along 0") { $0.differences(along: 0) },
            .of("differences of order 2") { $0.differences(order: 2) },
            .of("differences of order 0") { $0.differences(order: 0) }, .of("differences of one") { $0.differences() },
            .of("differences of integers", .none) { $0.differences() },
            .of("trapezoid") { $0.trapezoid() }, .of("trapezoid along 0") { $0.trapezoid(along: 0) },
            .of("trapezoid spacing") { $0.trapezoid(spacing: 0.25) }, .of("trapezoid of one") { $0.trapezoid() },
            .of("trapezoid of nothing") { $0.trapezoid() },
        ]

    private static let counted: [OpCase] = [
        .of("sumWithoutNaN", .kinked) { $0.log().sumWithoutNaN() },
        .of("sumWithoutNaN over 0", .kinked) { $0.log().sumWithoutNaN(over: 0) },
        .of("sumWithoutNaN kept", .kinked) { $0.log().sumWithoutNaN(over: 1, keepDims: true) },
        .of("sumWithoutNaN without") { $0.sumWithoutNaN(over: 1) },
        .of("sumWithoutNaN of nothing") { $0.sumWithoutNaN(over: 1) },
        .of("meanWithoutNaN", .kinked) { $0.log().meanWithoutNaN() },
        .of("meanWithoutNaN over 0", .kinked) { $0.log().meanWithoutNaN(over: 0) },
        .of("meanWithoutNaN kept", .kinked) { $0.log().meanWithoutNaN(over: 1, keepDims: true) },
        .of("meanWithoutNaN without") { $0.meanWithoutNaN(over: 1) },
        .of("meanWithoutNaN of one") { $0.meanWithoutNaN() },
        .of("quantile 0.5") { $0.quantile(0.5, over: 0) }, .of("quantile 0.3") { $0.quantile(0.3, over: 1) },
        .of("quantile 0") { $0.quantile(0, over: -1) },
        .of("quantile 1 kept") { $0.quantile(1, over: -1, keepDims: true) },
        .of("quantile 0.25 of one") { $0.quantile(0.25, over: 0) },
        OpCase("searchSorted", .none) { $0[0].searchSorted($0[1]) },
        OpCase("searchSorted right", .none) { $0[0].searchSorted($0[1], right: true) },
        OpCase("searchSorted in one", .none) { $0[0].searchSorted($0[1]) },
        OpCase("searchSorted in nothing", .none) { $0[0].searchSorted($0[1]) },
        OpCase("searchSorted of nothing", .none) { $0[0].searchSorted($0[1]) },
        OpCase("searchSorted of integers", .none) { $0[0].searchSorted($0[1]) },
        .of("binCounts", .none) { $0.binCounts() }, .of("binCounts of a matrix", .none) { $0.binCounts() },
        .of("binCounts of 7", .none) { $0.binCounts(count: 7) },
        OpCase("binCounts weights") { $0[0].binCounts(weights: $0[1]) },
        .of("binCounts of nothing", .none) { $0.binCounts() },
        .of("histogram 4", .none) { $0.histogram(bins: 4, within: -2...2) },
        .of("histogram 3 within", .none) { $0.histogram(bins: 3, within: -1...1) },
        .of("histogram 2 at bounds", .none) { $0.histogram(bins: 2, within: 0...1) },
        .of("histogram 1", .none) { $0.histogram(bins: 1, within: -9...9) },
        .of("histogram 5 of nothing", .none) { $0.histogram(bins: 5, within: 0...1) },
    ]

    private static let byMask: [OpCase] = [
        OpCase("subscript [mask]") { $0[0][$0[1]] }, OpCase("subscript [mask of rows]") { $0[0][$0[1]] },
        OpCase("subscript [mask of two axes]") { $0[0][$0[1]] },
        OpCase("subscript [.all, mask]") { $0[0][.all, $0[1]] },
        OpCase("subscript [.ellipsis, mask]") { $0[0][.ellipsis, $0[1]] },
        OpCase("subscript [mask of none]") { $0[0][$0[1]] },
        OpCase("replacing mask") { $0[0].replacing($0[2], with: $0[1]) },
        OpCase("replacing mask by several") { $0[0].replacing($0[2], with: $0[1]) },
        OpCase("replacing mask of rows") { $0[0].replacing($0[2], with: $0[1]) },
        OpCase("replacing .all, mask") { $0[0].replacing(.all, $0[2], with: $0[1]) },
        OpCase("replacing mask of none") { $0[0].replacing($0[2], with: $0[1]) },
    ]

    private static let compared: [OpCase] = [
        .of("2 .== x", .none) { 2 .== $0 }, .of("0.5 .== x", .none) { 0.5 .== $0 },
        .of("2 .!= x", .none) { 2 .!= $0 }, .of("0.5 .!= x", .none) { 0.5 .!= $0 },
        .of("2 .< x", .none) { 2 .< $0 }, .of("0.5 .< x", .none) { 0.5 .< $0 },
        .of("2 .<= x", .none) { 2 .<= $0 }, .of("0.5 .<= x", .none) { 0.5 .<= $0 },
        .of("2 .> x", .none) { 2 .> $0 }, .of("0.5 .> x", .none) { 0.5 .> $0 },
        .of("2 .>= x", .none) { 2 .>= $0 }, .of("0.5 .>= x", .none) { 0.5 .>= $0 },
    ]
}
