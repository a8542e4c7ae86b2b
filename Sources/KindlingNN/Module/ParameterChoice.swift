// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingEngine

/// Some of a module's parameters, for an optimizer that treats them alike.
public struct KeyedParameters<Key: Hashable> {
    /// What they have in common.
    public let key: Key
    /// The parameters with their names, in the module's order.
    public let parameters: [(name: String, parameter: Parameter)]
}

extension Module {
    /// The parameters in groups of one key, in the order of their first parameters.
    ///
    ///     model.parameterGroups { name, parameter in name.hasPrefix("head.") ? 1e-3 : 1e-4 }
    public func parameterGroups<Key: Hashable>(
        by key: (_ name: String, _ parameter: Parameter) -> Key
    ) -> [KeyedParameters<Key>] {
        var order: [Key] = []
        var members: [Key: [(name: String, parameter: Parameter)]] = [:]
        for (name, parameter) in namedParameters {
            let key = key(name, parameter)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append((name, parameter))
        }
        return order.map { KeyedParameters(key: $0, parameters: members[$0] ?? []) }
    }

    /// The parameters by whether weight decay suits them: true for weights of two axes or more, false for biases and
    /// the scales of normalizations, which decay would only bias.
    ///
    /// The model must be built: a shape decides.
    /// - Throws: `TensorError` with the code `notBuilt`.
    public func weightDecayGroups() throws(TensorError) -> [KeyedParameters<Bool>] {
        try requireBuilt()
        return parameterGroups { _, parameter in parameter.shape.rank >= 2 }
    }

    /// The parameters whose names are meant, in order.
    /// - Throws: `TensorError` when there are none, which is most often a slip of the pen.
    public func namedParameters(
        matching pattern: NamePattern
    ) throws(TensorError) -> [(name: String, parameter: Parameter)] {
        let all = namedParameters
        let chosen = all.filter { pattern.matches($0.name) }
        guard chosen.isEmpty else { return chosen }
        let names = all.prefix(6).map(\.name).joined(separator: ", ") + (all.count > 6 ? ", …" : "")
        throw TensorError(
            .invalidValue, operation: "module", "no parameter is called '\(pattern)'",
            remedy: all.isEmpty ? "the module has no parameters" : "there are \(names)")
    }

    /// Excludes every parameter inside from training.
    public func freeze() { setFrozen(true) }

    /// Includes every parameter inside in training again.
    public func unfreeze() { setFrozen(false) }

    /// Excludes the parameters whose names are meant from training.
    ///
    ///     try model.freeze(matching: "backbone")
    ///     try model.unfreeze(matching: "backbone.layers.11.**.bias")
    /// - Returns: How many there are.
    /// - Throws: `TensorError` when there are none.
    @discardableResult
    public func freeze(matching pattern: NamePattern) throws(TensorError) -> Int { try setFrozen(true, pattern) }

    /// Includes the parameters whose names are meant in training again.
    /// - Returns: How many there are.
    /// - Throws: `TensorError` when there are none.
    @discardableResult
    public func unfreeze(matching pattern: NamePattern) throws(TensorError) -> Int { try setFrozen(false, pattern) }

    private func setFrozen(_ isFrozen: Bool) {
        for parameter in parameters { parameter.isFrozen = isFrozen }
    }

    private func setFrozen(_ isFrozen: Bool, _ pattern: NamePattern) throws(TensorError) -> Int {
        let chosen = try namedParameters(matching: pattern)
        for (_, parameter) in chosen { parameter.isFrozen = isFrozen }
        return chosen.count
    }
}
