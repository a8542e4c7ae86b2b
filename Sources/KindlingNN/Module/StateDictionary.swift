// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingEngine

/// How a state dictionary differs from the module that it is loaded into.
public struct StateDictionaryError: Error, Sendable, CustomStringConvertible {
    /// A name whose value has another shape than the module's.
    public struct Mismatch: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The module's shape.
        public let expected: Shape
        /// The dictionary's shape.
        public let found: Shape

        /// Describes a mismatch.
        public init(name: String, expected: Shape, found: Shape) {
            self.name = name
            self.expected = expected
            self.found = found
        }
    }

    /// Names of the module that the dictionary has not.
    public var missing: [String] = []
    /// Names of the dictionary that the module has not, or that come twice.
    public var unexpected: [String] = []
    /// Names whose shapes differ.
    public var misshaped: [Mismatch] = []

    /// Whether there is no difference.
    public var isEmpty: Bool { missing.isEmpty && unexpected.isEmpty && misshaped.isEmpty }

    /// Every difference, a line each.
    public var description: String {
        let lines =
            missing.map { "'\($0)' is missing" } + unexpected.map { "'\($0)' has no place in the module" }
            + misshaped.map { "'\($0.name)' has the shape \($0.found), in the module \($0.expected)" }
        return "the state is of another module:" + lines.map { "\n  - \($0)" }.joined()
    }
}

/// What holds a value: a parameter or a buffer.
private enum Holder {
    case parameter(Parameter)
    case buffer(Buffer)

    var isBuilt: Bool {
        switch self {
        case .parameter(let parameter): parameter.isBuilt
        case .buffer(let buffer): buffer.isBuilt
        }
    }

    var shape: Shape {
        switch self {
        case .parameter(let parameter): parameter.shape
        case .buffer(let buffer): buffer.shape
        }
    }

    var value: Tensor {
        switch self {
        case .parameter(let parameter): parameter.value.detached()
        case .buffer(let buffer): buffer.value
        }
    }

    func assign(_ value: Tensor) throws(TensorError) {
        switch self {
        case .parameter(let parameter):
            parameter.build(value.shape, dtype: value.dtype) { _, _, _, _ in value }
            let device = parameter.isInitialized ? parameter.value.device : Device.current
            parameter.value = try value.detached().converted(to: parameter.dtype).copied(to: device)
        case .buffer(let buffer):
            let (dtype, device) = buffer.isBuilt ? (buffer.dtype, buffer.value.device) : (value.dtype, .current)
            buffer.value = try value.converted(to: dtype).copied(to: device)
        }
    }
}

extension Module {
    /// The values of all parameters and buffers with their names, in order: PyTorch's `state_dict`.
    ///
    /// Tensors never change, so these stay as they are while the module learns on; taking them copies nothing.
    /// - Throws: `TensorError` with the code `notBuilt`, where a shape still waits for an input.
    public func stateDictionary() throws(TensorError) -> [(name: String, value: Tensor)] {
        try requireBuilt()
        return holders.map { ($0.name, $0.holder.value) }
    }

    /// Takes the values of another module's ``stateDictionary()``, in any order.
    ///
    /// Either all are taken or none. They are converted to the types and brought to the devices that the module has;
    /// what is not built takes the shape that comes.
    /// - Parameter strict: Whether every name must be on both sides; else what is on both is taken.
    /// - Returns: The names that are on one side only; there are none when `strict`.
    /// - Throws: `StateDictionaryError` with every difference; shapes must be equal in any case. `TensorError` when a
    ///   device fails.
    @discardableResult
    public func load(
        stateDictionary entries: [(name: String, value: Tensor)], strict: Bool = true
    ) throws -> StateDictionaryError {
        var difference = StateDictionaryError()
        var values: [String: Tensor] = [:]
        let holders = holders
        let known = Set(holders.map(\.name))
        for (name, value) in entries {
            if !known.contains(name) || values[name] != nil { difference.unexpected.append(name) }
            values[name] = value
        }
        var chosen: [(holder: Holder, value: Tensor)] = []
        for (name, holder) in holders {
            guard let value = values[name] else {
                difference.missing.append(name)
                continue
            }
            if holder.isBuilt, holder.shape != value.shape {
                difference.misshaped.append(.init(name: name, expected: holder.shape, found: value.shape))
            }
            chosen.append((holder, value))
        }
        guard strict ? difference.isEmpty : difference.misshaped.isEmpty else { throw difference }
        try withTensorErrors {
            for (holder, value) in chosen { try holder.assign(value) }
        }
        return difference
    }

    /// Takes the values of a module built alike.
    ///
    /// They are shared until one of the two changes, which costs nothing.
    /// - Throws: `StateDictionaryError` with every difference, before anything is changed.
    public func copyState(from other: some Module) throws {
        try load(stateDictionary: other.stateDictionary())
    }

    /// A module of its own with the same values and frozen parameters: a deep copy.
    ///
    /// Only the program knows how to build a class of its own, so `make` says how; weights that it would draw are not.
    ///
    ///     let teacher = try student.copied { Encoder(width: 64) }
    /// - Throws: `StateDictionaryError` when `make` builds something else, and what `make` throws.
    public func copied(by make: () throws -> Self) throws -> Self {
        let copy = try make()
        try copy.copyState(from: self)
        for (mine, its) in zip(parameters, copy.parameters) { its.isFrozen = mine.isFrozen }
        return copy
    }

    private var holders: [(name: String, holder: Holder)] {
        var seen: Set<ObjectIdentifier> = []
        var result: [(name: String, holder: Holder)] = []
        walk { name, content in
            switch content {
            case .parameter(let parameter) where seen.insert(ObjectIdentifier(parameter)).inserted:
                result.append((name, .parameter(parameter)))
            case .buffer(let buffer) where seen.insert(ObjectIdentifier(buffer)).inserted:
                result.append((name, .buffer(buffer)))
            case .parameter, .buffer, .module: break  // one that is used twice appears under its first name
            }
        }
        return result
    }
}
