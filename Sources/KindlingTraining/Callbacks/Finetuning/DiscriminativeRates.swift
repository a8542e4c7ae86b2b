// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingNN
public import KindlingOptim

/// Factors for learning rates that rise from a model's first part to its last, by equal steps of their logarithm
/// (Howard and Ruder 2018): what lies near the input is of more general use, and should change less.
enum DiscriminativeRates {
    /// A factor for each of the outermost parts that learn, by name: `lowest` for the first, 1 for the last.
    static func factors(of module: any Module, lowest: Double) -> [(name: String, factor: Double)] {
        let names = module.members.filter { member in
            switch member.content {
            case .module(let inner): !inner.namedParameters.isEmpty
            case .parameter: true
            case .buffer: false
            }
        }.map(\.name)
        return names.enumerated().map { place, name in
            (name, names.count > 1 ? pow(lowest, 1 - Double(place) / Double(names.count - 1)) : 1)
        }
    }
}

extension OptimizerPlan {
    /// The same plan with rates that rise from a model's first part to its last, by equal factors.
    ///
    ///     func configureOptimizers() -> OptimizerPlan { .adamW().discriminative(over: net, at: "net", lowest: 0.01) }
    /// - Parameters:
    ///   - module: The model; each of its outermost parts is a group.
    ///   - path: Its name in the module that is trained; empty when it is that module.
    ///   - lowest: The factor of the first part; the last has 1.
    public func discriminative(over module: any Module, at path: String = "", lowest: Double = 0.01) -> OptimizerPlan {
        OptimizerPlan(
            rule, schedule: schedule,
            groups: groups
                + DiscriminativeRates.factors(of: module, lowest: lowest).map { name, factor in
                    ParameterGroup(path.isEmpty ? name : "\(path).\(name)", learningRateFactor: factor)
                })
    }
}
