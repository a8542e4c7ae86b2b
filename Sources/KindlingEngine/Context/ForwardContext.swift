// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Whether a model is being trained or used: what dropout and batch normalisation ask for.
public enum Phase: Sendable, Hashable {
    /// Parameters are learned from this batch.
    case training
    /// Nothing is learned: validation, testing, prediction. The default outside a `Trainer`.
    case evaluation
}

/// Something a forward pass goes into, that knows what its parts are called: a module.
public protocol ForwardScope: AnyObject {
    /// The name of a part that it holds: `layers.0`; nil when it does not hold it.
    func path(to part: any ForwardScope) -> String?
}

/// What a forward pass happens in: the phase, and the random stream of this step.
///
/// The `Trainer` sets it for every batch; layers read it.
///
///     try ForwardContext.run(.training, random: RandomStream(seed: 0)["dropout"]) { model(x) }
///
/// A context belongs to one forward pass, which is one thread's work at a time.
public final class ForwardContext: @unchecked Sendable {
    @TaskLocal static var current: ForwardContext?

    /// Training or evaluation.
    public let phase: Phase
    private var stream: RandomStream
    private var scopes: [any ForwardScope] = []
    private let observer: ((any ForwardScope, Tensor) -> Void)?
    /// The number of the optimizer step that the pass is for, where there is one.
    let step: Int?
    /// What modules add to the pass' loss.
    var losses: [AuxiliaryLoss] = []

    init(phase: Phase, random: RandomStream, step: Int?, observer: ((any ForwardScope, Tensor) -> Void)?) {
        self.phase = phase
        stream = random
        self.step = step
        self.observer = observer
    }

    /// The context as it is now, for running a part of the pass again: observers have seen that part.
    func snapshot() -> ForwardContext {
        let copy = ForwardContext(phase: phase, random: stream, step: step, observer: nil)
        copy.scopes = scopes
        return copy
    }

    /// The phase of the surrounding forward pass; `evaluation` outside one.
    public static var phase: Phase { current?.phase ?? .evaluation }

    /// Runs `body` with the stream that layers draw from; outside a forward pass, with a stream of seed 0.
    public static func withRandom<Result>(_ body: (inout RandomStream) -> Result) -> Result {
        guard let current else {
            var stream = RandomStream(seed: 0)
            return body(&stream)
        }
        return body(&current.stream)
    }

    /// Runs a forward pass.
    /// - Parameters:
    ///   - step: The number of the optimizer step that the pass is for; messages name it.
    ///   - observer: Told of every module's result; for summaries and monitors.
    public static func run<Result>(
        _ phase: Phase, random: RandomStream, step: Int? = nil,
        observer: ((any ForwardScope, Tensor) -> Void)? = nil, _ body: () throws -> Result
    ) rethrows -> Result {
        let context = ForwardContext(phase: phase, random: random, step: step, observer: observer)
        let profile = OperationProfile.active
        profile?.begin(phase)
        defer { profile?.end() }
        return try $current.withValue(context, operation: body)
    }

    /// Runs a forward pass that waits for something on its way.
    public static func run<Result>(
        _ phase: Phase, random: RandomStream, step: Int? = nil,
        observer: ((any ForwardScope, Tensor) -> Void)? = nil, _ body: () async throws -> Result
    ) async rethrows -> Result {
        let context = ForwardContext(phase: phase, random: random, step: step, observer: observer)
        let profile = OperationProfile.active
        profile?.begin(phase)
        defer { profile?.end() }
        return try await $current.withValue(context, operation: body)
    }

    /// Runs a module's forward pass, so that errors inside name the module.
    public static func inside<Result>(_ scope: any ForwardScope, _ body: () throws -> Result) rethrows -> Result {
        guard let current else { return try body() }
        current.scopes.append(scope)
        defer { _ = current.scopes.popLast() }
        let profile = OperationProfile.active
        profile?.begin(scope, in: current)
        defer { profile?.end() }
        let result = try body()
        if let observer = current.observer, let tensor = result as? Tensor { observer(scope, tensor) }
        return result
    }

    /// The module that the pass is in now.
    var innermost: (any ForwardScope)? { scopes.last }

    /// The module around it, if any.
    var outer: (any ForwardScope)? { scopes.dropLast().last }

    /// The modules that the pass is inside of, by the names that each has in the one around it: `encoder.layers.0`.
    var modulePath: String {
        guard var outer = scopes.first else { return "" }
        var names: [String] = []
        for inner in scopes.dropFirst() {
            names.append(outer.path(to: inner) ?? String(describing: type(of: inner)))
            outer = inner
        }
        return names.joined(separator: ".")
    }
}
