// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import Synchronization

/// A policy in force, with the parameters that have been converted under it.
final class PrecisionScope: Sendable {
    @TaskLocal static var current: PrecisionScope?

    static var isActive: Bool { Watchers.has(.precision) && current != nil }

    private struct Cast {
        let source: Tensor
        let result: Tensor
    }

    let policy: PrecisionPolicy
    /// By the leaf that the parameter's gradient arrives at.
    private let casts = Mutex<[ObjectIdentifier: Cast]>([:])

    init(_ policy: PrecisionPolicy) { self.policy = policy }

    /// What an operation of such a name gets in place of its inputs.
    static func prepared(_ inputs: [Tensor], for operation: String) -> [Tensor] {
        // What converts must not be converted for.
        guard let current, operation != "converted", let target = current.target(of: operation),
            inputs.contains(where: { isConvertible($0, to: target) })
        else { return inputs }
        return inputs.map { current.cast($0, to: target) }
    }

    /// The type that an operation's inputs are brought to, or nil where they stay.
    func target(of operation: String) -> DType? {
        switch policy[operation] {
        case .half: policy.half.dtype
        case .float32: .float32
        case .promoted: nil
        }
    }

    private static func isConvertible(_ tensor: Tensor, to target: DType) -> Bool {
        switch tensor.dtype {
        case .float32, .float16, .bfloat16: tensor.dtype != target && !tensor.value.isPlaceholder
        case .float64, .int32, .int64, .uint8, .bool: false
        }
    }

    func cast(_ tensor: Tensor, to target: DType) -> Tensor {
        guard PrecisionScope.isConvertible(tensor, to: target) else { return tensor }
        guard let node = tensor.node, node.isLeaf else { return tensor.converted(to: target) }
        let known = casts.withLock { $0[ObjectIdentifier(node)] }
        // A parameter may have got a new value, and a cast made under noGrad leads nowhere.
        if let known, known.source.value === tensor.value, known.result.dtype == target,
            known.result.node != nil || !GradientMode.isRecording
        {
            return known.result
        }
        let result = tensor.converted(to: target)
        casts.withLock { $0[ObjectIdentifier(node)] = Cast(source: tensor, result: result) }
        return result
    }

    /// Runs `body` under no policy.
    static func suspended<Result>(_ body: () throws -> Result) rethrows -> Result {
        guard isActive else { return try body() }
        return try $current.withValue(nil, operation: body)
    }

    /// Runs a backward pass under no policy, since it runs in the types of the forward pass.
    ///
    /// It frees what leads from converted parameters to their masters, so those are converted anew afterwards.
    static func backward<Result>(_ body: () throws -> Result) rethrows -> Result {
        guard isActive, let scope = current else { return try body() }
        defer { scope.casts.withLock { $0 = [:] } }
        return try $current.withValue(nil, operation: body)
    }

    /// Runs a function that has a backward pass of its own under the same policy, with conversions of its own.
    static func renewed<Result>(_ body: () throws -> Result) rethrows -> Result {
        guard isActive, let scope = current else { return try body() }
        return try $current.withValue(PrecisionScope(scope.policy), operation: body)
    }
}

extension Tensor {
    /// This tensor as an operation of such a name takes it under the policy in force.
    ///
    /// For operations made of others; those that are dispatched get it at the door.
    package func prepared(for operation: String) -> Tensor {
        guard PrecisionScope.isActive, let scope = PrecisionScope.current, let target = scope.target(of: operation)
        else { return self }
        return scope.cast(self, to: target)
    }

    /// An operation made of others, which all shall run in this tensor's type once it is prepared.
    func suspendingPrecision<Result>(_ operation: String, _ body: (Tensor) -> Result) -> Result? {
        guard PrecisionScope.isActive else { return nil }
        let input = prepared(for: operation)
        return PrecisionScope.suspended { body(input) }
    }
}
