// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    static let statistics: [OpCase] = overAxes + spreads + productsOfAll + sizes + truths + creations

    private static let overAxes: [OpCase] = [false, true].flatMap { keep -> [OpCase] in
        let tag = keep ? " kept" : ""
        return [
            .of("standardDeviation all\(tag)") { $0.standardDeviation(keepDims: keep) },
            .of("standardDeviation 0\(tag)") { $0.standardDeviation(over: 0, keepDims: keep) },
            .of("standardDeviation 1\(tag)") { $0.standardDeviation(over: 1, keepDims: keep) },
            .of("standardDeviation -1\(tag)") { $0.standardDeviation(over: -1, keepDims: keep) },
            .of("standardDeviation 0 2\(tag)") { $0.standardDeviation(over: 0, 2, keepDims: keep) },
            .of("product all\(tag)", .kinked) { $0.product(keepDims: keep) },
            .of("product 0\(tag)") { $0.product(over: 0, keepDims: keep) },
            .of("product 1\(tag)") { $0.product(over: 1, keepDims: keep) },
            .of("product -1\(tag)") { $0.product(over: -1, keepDims: keep) },
            .of("product 0 2\(tag)") { $0.product(over: 0, 2, keepDims: keep) },
            .of("logSumExp all\(tag)") { $0.logSumExp(keepDims: keep) },
            .of("logSumExp 0\(tag)") { $0.logSumExp(over: 0, keepDims: keep) },
            .of("logSumExp 1\(tag)") { $0.logSumExp(over: 1, keepDims: keep) },
            .of("logSumExp -1\(tag)") { $0.logSumExp(over: -1, keepDims: keep) },
            .of("logSumExp 0 2\(tag)") { $0.logSumExp(over: 2, 0, keepDims: keep) },
            .of("norm all\(tag)") { $0.norm(keepDims: keep) }, .of("norm 0\(tag)") { $0.norm(over: 0, keepDims: keep) },
            .of("norm 1\(tag)") { $0.norm(over: 1, keepDims: keep) },
            .of("norm -1\(tag)") { $0.norm(over: -1, keepDims: keep) },
            .of("norm 0 2\(tag)") { $0.norm(over: 0, 2, keepDims: keep) },
        ]
    }

    private static let spreads: [OpCase] = [
        .of("standardDeviation of a population") { $0.standardDeviation(over: 0, 2, correction: 0) },
        .of("standardDeviation of equals", .kinked) { $0.standardDeviation(over: 1, correction: 0) },
        .of("standardDeviation of two") { $0.standardDeviation() },
        .of("mean of meanAndVariance") { $0.meanAndVariance(over: 1).mean },
        .of("variance of meanAndVariance") { $0.meanAndVariance(over: 1).variance },
        .of("variance of meanAndVariance kept") {
            $0.meanAndVariance(over: 0, 2, correction: 0, keepDims: true).variance
        },
        .of("variance of meanAndVariance all") { $0.meanAndVariance().variance },
    ]

    private static let productsOfAll: [OpCase] = [
        .of("product with a zero") { $0.product(over: 1) }, .of("product with zeros") { $0.product(over: 1) },
        .of("product of zeros") { $0.product(over: 0) }, .of("product with a zero in all") { $0.product() },
        .of("product of one") { $0.product(over: 0) }, .of("product of a scalar") { $0.product() },
        .of("product over nothing") { $0.product(over: 0) }, .of("product beside nothing") { $0.product(over: 1) },
        .of("product of integers", .none) { $0.product(over: 0) },
    ]

    private static func infinities(_ dtype: DType) -> Tensor {
        Tensor([[-.infinity, 0, 0], [-.infinity, -.infinity, -.infinity]], dtype: dtype)
    }

    private static let sizes: [OpCase] =
        [1, 3, 2.5, Double.infinity].flatMap { order -> [OpCase] in
            let name = order == order.rounded() && order.isFinite ? "\(Int(order))" : "\(order)"
            return [
                .of("norm of order \(name)") { $0.norm(order: order, over: 1) },
                .of("norm of order \(name) kept") { $0.norm(order: order, over: 0, 2, keepDims: true) },
                .of("norm of order \(name), all") { $0.norm(order: order) },
            ]
        } + [
            .of("norm of zeros", .kinked) { $0.norm(over: 0) }, .of("norm of one") { $0.norm() },
            .of("norm over nothing") { $0.norm(over: 0) },
            .of("logSumExp of large numbers") { ($0 + 900.0).logSumExp(over: 1) },
            .of("logSumExp of a scalar") { $0.logSumExp() },
            .of("logSumExp over nothing", .none) { $0.logSumExp(over: 0).exp() },
            .of("logSumExp of infinities", .none) { ($0 + infinities($0.dtype)).logSumExp(over: 1).exp() },
        ]

    private static let truths: [OpCase] = [
        .of("any everywhere", .none) { $0.any() }, .of("any 0", .none) { $0.any(over: 0) },
        .of("any 1 kept", .none) { $0.any(over: 1, keepDims: true) },
        .of("any of integers", .none) { $0.any(over: 1) }, .of("any of reals", .none) { $0.any(over: 1) },
        .of("any of nothing", .none) { $0.any(over: 0) }, .of("all everywhere", .none) { $0.all() },
        .of("all 0", .none) { $0.all(over: 0) }, .of("all 1 kept", .none) { $0.all(over: 1, keepDims: true) },
        .of("all of integers", .none) { $0.all(over: 1) }, .of("all of reals", .none) { $0.all(over: 1) },
        .of("all of nothing", .none) { $0.all(over: 0) }, .of("countNonZero", .none) { $0.countNonZero() },
        .of("countNonZero 0", .none) { $0.countNonZero(over: 0) },
        .of("countNonZero 0 1", .none) { $0.countNonZero(over: 0, 1) },
        .of("countNonZero of reals", .none) { $0.countNonZero(over: 1) },
        .of("countNonZero of nothing", .none) { $0.countNonZero(over: 0) },
    ]

    /// What creates tensors, added to a scalar that gives the type.
    private static let creations: [OpCase] = [
        .of("arange") { .arange(to: 5, dtype: $0.dtype) + $0 },
        .of("arange in quarters") { .arange(from: 0, to: 1, by: 0.25, dtype: $0.dtype) + $0 },
        .of("arange not reaching") { .arange(from: 0, to: 1, by: 0.3, dtype: $0.dtype) + $0 },
        .of("arange down") { .arange(from: 5, to: 0, by: -2, dtype: $0.dtype) + $0 },
        .of("arange of nothing") { .arange(from: 2, to: 2, dtype: $0.dtype) + $0 },
        .of("linspace") { .linspace(from: 0, to: 1, count: 5, dtype: $0.dtype) + $0 },
        .of("linspace down") { .linspace(from: 3, to: -1, count: 7, dtype: $0.dtype) + $0 },
        .of("linspace of one") { .linspace(from: 2, to: 5, count: 1, dtype: $0.dtype) + $0 },
        .of("linspace of two") { .linspace(from: 2, to: 5, count: 2, dtype: $0.dtype) + $0 },
        .of("linspace of none") { .linspace(from: 2, to: 5, count: 0, dtype: $0.dtype) + $0 },
        .of("eye") { .eye(3, dtype: $0.dtype) + $0 }, .of("eye wide") { .eye(2, 3, dtype: $0.dtype) + $0 },
        .of("eye tall") { .eye(3, 2, dtype: $0.dtype) + $0 }, .of("eye of one") { .eye(1, dtype: $0.dtype) + $0 },
        .of("eye of none") { .eye(0, 2, dtype: $0.dtype) + $0 },
    ]
}
