// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// What a profile has counted so far, and what has begun and not ended yet.
///
/// Names are kept once and known by number, so that an event costs some tens of nanoseconds and no memory of its own.
struct ProfileRecord {
    typealias Pass = OperationProfile.Pass

    /// A module in a place of the model: the same one can stand in several.
    struct ScopeKey: Hashable {
        let scope: ObjectIdentifier
        let type: ObjectIdentifier
        /// Nil for the outermost.
        let outer: ObjectIdentifier?
        /// The number of the path around: recorded again, the same module can stand deeper.
        var path = 0

        init(_ scope: any ForwardScope, inside outer: (any ForwardScope)?) {
            self.scope = ObjectIdentifier(scope)
            type = ObjectIdentifier(Swift.type(of: scope))
            self.outer = outer.map { ObjectIdentifier($0) }
        }
    }

    struct Key: Hashable {
        let name: Int
        let pass: Pass
    }

    struct Totals {
        var count = 0
        var own: Int64 = 0
        var total: Int64 = 0
        var work = ProfileWork()
    }

    struct KeptEvent {
        let name: Int
        let kind: SpanKind
        let pass: Pass
        let module: Int
        let lane: Int
        let start: Int64
        var duration: Int64 = -1
        var work = ProfileWork()
    }

    private struct Frame {
        let kind: SpanKind
        let name: Int
        let pass: Pass
        let module: Int
        let start: Int64
        /// What began and ended inside.
        var inner: Int64 = 0
        /// The place among events, -1 beyond the limit.
        let event: Int
        var work = ProfileWork()
    }

    let eventLimit: Int
    var wallNanoseconds: Int64 = 0
    private(set) var names: [String] = [""]
    private var numbers: [String: Int] = ["": 0]
    /// The module paths' numbers, in the order of first mention.
    private(set) var modulePaths: [Int] = [0]
    private(set) var moduleTypes: [Int: String] = [:]
    private var scopes: [ScopeKey: (path: Int, label: Int)] = [:]
    private var lanes: [Int: Int] = [:]
    private var stacks: [[Frame]] = []
    private(set) var operations: [Key: Totals] = [:]
    private(set) var modules: [Key: Totals] = [:]
    private(set) var parts: [Int: Totals] = [:]
    private(set) var events: [KeptEvent] = []
    private(set) var eventsLeftOut = 0

    init(eventLimit: Int) { self.eventLimit = eventLimit }

    /// Nanoseconds of a clock that only goes forward.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    mutating func number(of name: String) -> Int {
        if let known = numbers[name] { return known }
        names.append(name)
        numbers[name] = names.count - 1
        return names.count - 1
    }

    /// The stack of the task that asks, or of the thread where there is no task.
    private mutating func lane() -> Int {
        let key = withUnsafeCurrentTask { $0?.hashValue } ?? Int(bitPattern: UInt(pthread_self()))
        if let known = lanes[key] { return known }
        stacks.append([])
        lanes[key] = stacks.count - 1
        return stacks.count - 1
    }

    /// The path of what began last in this task and has not ended.
    var modulePath: String {
        mutating get {
            let lane = lane()
            return names[stacks[lane].last?.module ?? 0]
        }
    }

    mutating func begin(_ kind: SpanKind, _ name: String, _ pass: Pass?, module: String?) {
        let lane = lane()
        push(kind, number(of: name), pass, module: module.map { path($0) }, lane)
    }

    /// - Returns: Whether the module has been seen in this place before; else nothing has begun.
    mutating func begin(_ key: ScopeKey) -> Bool {
        let lane = lane()
        var key = key
        key.path = stacks[lane].last?.module ?? 0
        guard let known = scopes[key] else { return false }
        push(.module, known.label, nil, module: known.path, lane)
        return true
    }

    mutating func begin(_ key: ScopeKey, path text: String, type: String) {
        let lane = lane()
        var key = key
        key.path = stacks[lane].last?.module ?? 0
        let path = path(text)
        moduleTypes[path] = moduleTypes[path] ?? type
        let label = number(of: text.isEmpty ? type : "\(text) (\(type))")
        scopes[key] = (path, label)
        push(.module, label, nil, module: path, lane)
    }

    private mutating func path(_ text: String) -> Int {
        let number = number(of: text)
        if !modulePaths.contains(number) { modulePaths.append(number) }
        return number
    }

    private mutating func push(_ kind: SpanKind, _ name: Int, _ pass: Pass?, module: Int?, _ lane: Int) {
        let outer = stacks[lane].last
        let (pass, module) = (pass ?? outer?.pass ?? .other, module ?? outer?.module ?? 0)
        let start = ProfileRecord.now
        var event = -1
        if events.count < eventLimit {
            event = events.count
            events.append(
                KeptEvent(name: name, kind: kind, pass: pass, module: module, lane: lane, start: start))
        } else {
            eventsLeftOut += 1
        }
        stacks[lane].append(
            Frame(kind: kind, name: name, pass: pass, module: module, start: start, event: event))
    }

    mutating func note(_ work: ProfileWork) {
        let lane = lane()
        guard let last = stacks[lane].indices.last else { return }  // Recording began in the middle of it.
        stacks[lane][last].work += work
    }

    mutating func end() {
        let lane = lane()
        guard let frame = stacks[lane].popLast() else { return }  // Recording began in the middle of it.
        let duration = ProfileRecord.now - frame.start
        let own = duration - frame.inner
        if let outer = stacks[lane].indices.last { stacks[lane][outer].inner += duration }
        if frame.event >= 0 {
            events[frame.event].duration = duration
            events[frame.event].work = frame.work
        }
        func add(to totals: inout Totals) {
            totals.count += 1
            totals.own += own
            totals.total += duration
            totals.work += frame.work
        }
        switch frame.kind {
        case .operation, .view, .creation, .copy:
            add(to: &operations[Key(name: frame.name, pass: frame.pass), default: Totals()])
            add(to: &modules[Key(name: frame.module, pass: frame.pass), default: Totals()])
        case .part: add(to: &parts[frame.name, default: Totals()])
        case .module, .gradient: break  // Their operations are counted.
        }
    }
}
