// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import Synchronization

/// What ran while a profile was recorded: operations, modules and passes, with times, work and traffic.
///
///     let profile = OperationProfile()
///     try profile.record { try model(x).sum().backward() }
///     for row in profile.operations { print(row.name, row.pass, row.callCount, row.selfSeconds) }
///
/// Operations are counted at the one door, each with the time that it took itself, without that of the copies and
/// conversions that it asked for. On a device that works on its own, each operation is waited for. Tasks that the body
/// starts are recorded, too, each as a lane of its own; threads that it starts are not.
public final class OperationProfile: Sendable {
    @TaskLocal private static var current: OperationProfile?

    /// The one that is recorded here, if any.
    static var active: OperationProfile? { Watchers.has(.profiles) ? current : nil }

    private let state: Mutex<ProfileRecord>

    /// An empty profile.
    /// - Parameter eventLimit: How many events are kept for a trace; all are counted.
    public init(eventLimit: Int = 100_000) { state = Mutex(ProfileRecord(eventLimit: eventLimit)) }

    /// Records what happens in `body`, besides what was recorded before.
    public func record<Result>(_ body: () throws -> Result) rethrows -> Result {
        Watchers.add(.profiles)
        defer { Watchers.remove(.profiles) }
        let start = ProfileRecord.now
        defer { state.withLock { $0.wallNanoseconds += ProfileRecord.now - start } }
        return try OperationProfile.$current.withValue(self, operation: body)
    }

    /// Records what happens in `body`, which waits for something on its way.
    public func record<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        Watchers.add(.profiles)
        defer { Watchers.remove(.profiles) }
        let start = ProfileRecord.now
        defer { state.withLock { $0.wallNanoseconds += ProfileRecord.now - start } }
        return try await OperationProfile.$current.withValue(self, operation: body)
    }

    /// Something begins: an operation, a module's forward pass, a part of a step.
    /// - Parameter pass: Which pass what happens inside belongs to; as around when nil.
    func begin(_ kind: SpanKind, _ name: @autoclosure () -> String, pass: Pass? = nil, module: String? = nil) {
        let name = name()
        state.withLock { $0.begin(kind, name, pass, module: module) }
    }

    /// A forward pass begins.
    func begin(_ phase: Phase) {
        begin(
            .part, phase == .training ? "forward" : "evaluation", pass: phase == .training ? .forward : .evaluation,
            module: "")
    }

    /// The forward pass of the module that a context has just gone into begins.
    func begin(_ scope: any ForwardScope, in context: ForwardContext) {
        let key = ProfileRecord.ScopeKey(scope, inside: context.outer)
        if state.withLock({ $0.begin(key) }) { return }
        // Seen for the first time in this place: only now names are asked for.
        let (path, type) = (context.modulePath, String(describing: type(of: scope)))
        state.withLock { $0.begin(key, path: path, type: type) }
    }

    /// What began last in this task is done.
    func end() { state.withLock { $0.end() } }

    /// What an operation that has begun does, and is waited for.
    func note(_ work: ProfileWork, on backend: any Backend) {
        // What fails here fails again where the result is read, with its own error.
        if !backend.sharesHostMemory { try? backend.synchronize() }
        state.withLock { $0.note(work) }
    }

    /// The modules around what happens now, by name: `encoder.layers.0`.
    var modulePath: String { state.withLock { $0.modulePath } }

    /// Seconds from the beginning to the end of recording.
    public var seconds: Double { state.withLock { Double($0.wallNanoseconds) * 1e-9 } }

    /// Operations by name and pass, the one that took longest first.
    public var operations: [Operation] { state.withLock { $0.operationRows } }

    /// Modules by path, in the order in which they ran first; what ran in none has the path "".
    public var modules: [ModuleTime] { state.withLock { $0.moduleRows } }

    /// Passes, hooks and other parts of the run, the one that took longest first.
    public var parts: [Part] { state.withLock { $0.partRows } }

    /// What happened when, by beginning.
    package var events: [Event] { state.withLock { $0.resolvedEvents } }

    /// How many events there were beyond the limit.
    package var eventsLeftOut: Int { state.withLock { $0.eventsLeftOut } }
}

extension OperationProfile {
    /// Runs `body` as a part of the run that has a name of its own, if somebody records.
    package static func part<Result, Failure: Error>(
        _ name: @autoclosure () -> String, pass: Pass? = nil, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let profile = active else { return try body() }
        profile.begin(.part, name(), pass: pass)
        defer { profile.end() }
        return try body()
    }

    /// Runs `body`, which waits for something on its way, as a part of the run, if somebody records.
    package static func part<Result, Failure: Error>(
        _ name: @autoclosure () -> String, pass: Pass? = nil, _ body: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        guard let profile = active else { return try await body() }
        profile.begin(.part, name(), pass: pass)
        defer { profile.end() }
        return try await body()
    }
}
