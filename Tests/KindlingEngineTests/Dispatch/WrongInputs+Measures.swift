// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension WrongInputs {
    private static let picture = Tensor.ones([1, 2, 4, 4])

    static let measures: [(operation: String, mistakes: [Mistake])] = [
        (
            "sparsemax",
            [
                { _ = ones(2).sparsemax(over: 1) }, { _ = ones(2, dtype: .int64).sparsemax() },
                { _ = ones().sparsemax() },
            ]
        ),
        (
            "slidingWindows",
            [
                { _ = ones(3).slidingWindows(size: 4) }, { _ = ones(3).slidingWindows(size: 0) },
                { _ = ones(3).slidingWindows(size: 2, step: 0) },
                { _ = ones(3).slidingWindows(size: .max, step: .max) },
                { _ = ones(3).slidingWindows(size: 2, along: .min) }, { _ = ones(0).slidingWindows(size: 1) },
            ]
        ),
        (
            "unfolded",
            [
                { _ = ones(2, 3).unfolded(size: [1]) }, { _ = picture.unfolded(size: [5]) },
                { _ = picture.unfolded(size: [.max]) }, { _ = picture.unfolded(size: [2], stride: [0]) },
                { _ = picture.unfolded(size: [2], padding: [-1]) },
                { _ = picture.converted(to: .int64).unfolded(size: [2]) },
                { _ = picture.unfolded(size: []) },
            ]
        ),
        (
            "folded",
            [
                { _ = ones(1, 8, 9).folded(to: [4, 4], size: [3]) }, { _ = ones(1, 8).folded(to: [3, 3], size: [2]) },
                { _ = ones(1, 8, 4, dtype: .int64).folded(to: [3, 3], size: [2]) },
                { _ = ones(1, 8, 4).folded(to: [.max, .max], size: [2]) },
                { _ = ones(1, 8, 4).folded(to: [], size: [2]) },
                { _ = ones(1, 8, 4).folded(to: [-1, 3], size: [2]) },
            ]
        ),
        (
            "powerPooled",
            [
                { _ = picture.powerPooled(0.5, size: [2]) }, { _ = picture.powerPooled(.nan, size: [2]) },
                { _ = picture.powerPooled(2, size: [5]) },
                { _ = picture.converted(to: .int64).powerPooled(2, size: [2]) },
                { _ = ones(2).powerPooled(2, size: [1]) }, { _ = picture.powerPooled(2, size: [.max]) },
            ]
        ),
        (
            "cumulativeMaximum",
            [
                { _ = ones(2).cumulativeMaximum(along: 1) }, { _ = ones().cumulativeMaximum(along: 0) },
                { _ = many().cumulativeMaximum(along: 0) },
            ]
        ),
        (
            "cumulativeMinimum",
            [
                { _ = ones(2).cumulativeMinimum(along: .min) }, { _ = ones().cumulativeMinimum(along: 0) },
                { _ = many().cumulativeMinimum(along: 0) },
            ]
        ),
        (
            "logCumulativeSumExp",
            [
                { _ = ones(2).logCumulativeSumExp(along: 1) },
                { _ = ones(2, dtype: .int64).logCumulativeSumExp(along: 0) },
                { _ = many().logCumulativeSumExp(along: 0) },
            ]
        ),
        (
            "differences",
            [
                { _ = ones(2).differences(order: 3) }, { _ = ones(2).differences(order: -1) },
                { _ = ones(2).differences(along: 1) }, { _ = ones(2, dtype: .bool).differences() },
                { _ = ones(2).differences(order: .max) },
            ]
        ),
        (
            "trapezoid",
            [
                { _ = ones(2).trapezoid(along: 1) }, { _ = ones(2).trapezoid(spacing: .nan) },
                { _ = ones().trapezoid() },
            ]
        ),
        (
            "sumWithoutNaN",
            [
                { _ = ones(2).sumWithoutNaN(over: 1) }, { _ = ones(2).sumWithoutNaN(over: 0, 0) },
                { _ = ones().sumWithoutNaN(over: .max) },
            ]
        ),
        (
            "meanWithoutNaN",
            [
                { _ = ones(2).meanWithoutNaN(over: 1) }, { _ = ones(2).meanWithoutNaN(over: 0, 0) },
                { _ = ones().meanWithoutNaN(over: .min) },
            ]
        ),
        (
            "quantile",
            [
                { _ = ones(2).quantile(1.5, over: 0) }, { _ = ones(2).quantile(.nan, over: 0) },
                { _ = ones(2).quantile(0.5, over: 1) }, { _ = ones(0).quantile(0.5, over: 0) },
                { _ = ones(2, dtype: .int64).quantile(0.5, over: 0) },
            ]
        ),
        (
            "searchSorted",
            [
                { _ = ones(2, 2).searchSorted(ones(1)) }, { _ = ones().searchSorted(ones(1)) },
                { _ = ones(2).searchSorted(elsewhere) },
            ]
        ),
        (
            "binCounts",
            [
                { _ = ones(2).binCounts() }, { _ = Tensor([-1]).binCounts() }, { _ = Tensor([3]).binCounts(count: 3) },
                { _ = Tensor([Int.max]).binCounts() }, { _ = Tensor([0]).binCounts(count: .max) },
                { _ = Tensor([0]).binCounts(weights: ones(2)) }, { _ = elsewhere.converted(to: .int64).binCounts() },
                { _ = Tensor([0]).binCounts(count: -1) },
            ]
        ),
        (
            "histogram",
            [
                { _ = ones(2).histogram(bins: 0, within: 0...1) }, { _ = ones(2).histogram(bins: .max, within: 0...1) },
                { _ = ones(2).histogram(bins: 2, within: 1...1) },
                { _ = ones(2).histogram(bins: 2, within: 0...(.infinity)) },
            ]
        ),
        (
            "gumbelSoftmax",
            [
                { drawing { ones(2).gumbelSoftmax(over: 1, from: &$0) } },
                { drawing { ones(2).gumbelSoftmax(temperature: 0, from: &$0) } },
                { drawing { ones(2).gumbelSoftmax(temperature: .nan, from: &$0) } },
                { drawing { ones(2, 0).gumbelSoftmax(hard: true, from: &$0) } },
                { drawing { ones(2, dtype: .int64).gumbelSoftmax(from: &$0) } },
            ]
        ),
        (
            "sampledClasses",
            [
                { drawing { ones(2).sampledClasses(along: 1, from: &$0) } },
                { drawing { ones(2, 0).sampledClasses(from: &$0) } },
                { drawing { ones(2, dtype: .int64).sampledClasses(from: &$0) } },
            ]
        ),
        (
            "sampledIndices",
            [
                { drawing { ones(2).sampledIndices(3, replacing: false, from: &$0) } },
                { drawing { ones(2).sampledIndices(-1, from: &$0) } },
                { drawing { ones().sampledIndices(1, from: &$0) } },
                { drawing { (-ones(2)).sampledIndices(1, from: &$0) } },
                { drawing { Tensor([1.0, .nan]).sampledIndices(1, from: &$0) } },
                { drawing { Tensor([1.0, 0]).sampledIndices(2, replacing: false, from: &$0) } },
                { drawing { Tensor([0.0, 0]).sampledIndices(1, from: &$0) } },
                { drawing { ones(2).sampledIndices(.max, from: &$0) } },
                { drawing { ones(2, dtype: .int64).sampledIndices(1, from: &$0) } },
            ]
        ),
    ]

    private static func drawing(_ body: (inout RandomStream) -> Tensor) {
        var stream = RandomStream(seed: 0)
        _ = body(&stream)
    }
}
