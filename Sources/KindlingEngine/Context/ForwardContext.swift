// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import Synchronization

/// Whether a model is being trained or used: what dropout and batch normalisation ask for.
public enum Phase: Sendable, Hashable {
    /// Parameters are learned from this batch.
    case training
    /// Nothing is learned: validation, testing, prediction. The default outside a `Trainer`.
    case evaluation
}

/// What a forward pass happens in: the phase, and the random stream of this step. The `Trainer` sets it for every
/// batch; layers read it.
///
///     try ForwardContext.run(.training, random: RandomStream(seed: 0)["dropout"]) { model(x) }
public final class ForwardContext: Sendable {
    @TaskLocal static var current: ForwardContext?

    /// Training or evaluation.
    public let phase: Phase
    private let stream: Mutex<RandomStream>
    private let modules = Mutex<[@Sendable () -> String]>([])

    init(phase: Phase, random: RandomStream) {
        self.phase = phase
        stream = Mutex(random)
    }

    /// The phase of the surrounding forward pass; `evaluation` outside one.
    public static var phase: Phase { current?.phase ?? .evaluation }

    /// Runs `body` with the stream that layers draw from; outside a forward pass, with a stream of seed 0.
    public static func withRandom<Result: Sendable>(_ body: (inout RandomStream) -> sending Result) -> Result {
        guard let current else {
            var stream = RandomStream(seed: 0)
            return body(&stream)
        }
        return current.stream.withLock { body(&$0) }
    }

    /// Runs a forward pass.
    public static func run<Result>(_ phase: Phase, random: RandomStream, _ body: () throws -> Result) rethrows -> Result {
        try $current.withValue(ForwardContext(phase: phase, random: random), operation: body)
    }

    /// Runs `body` inside a module; the name is asked for only when an error has to say where it happened.
    package static func inside<Result>(_ name: @escaping @Sendable () -> String, _ body: () -> Result) -> Result {
        guard let current else { return body() }
        current.modules.withLock { $0.append(name) }
        let result = body()
        current.modules.withLock { _ = $0.popLast() }
        return result
    }

    var modulePath: String { modules.withLock { $0 }.map { $0() }.filter { !$0.isEmpty }.joined(separator: ".") }
}
