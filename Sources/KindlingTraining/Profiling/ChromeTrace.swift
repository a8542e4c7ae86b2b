// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// What happened when, in the trace event format of Chrome, which Perfetto reads too.
///
/// Each event is a complete one, `"ph": "X"`, with its beginning and length in microseconds; those inside another lie
/// within it on the same lane.
struct ChromeTrace {
    private let events: [OperationProfile.Event]
    private let name: String

    init(_ profile: OperationProfile, name: String) {
        events = profile.events
        self.name = name
    }

    /// The file's bytes.
    var json: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(events.count * 160 + 400)
        bytes += Array("{\"displayTimeUnit\": \"ms\", \"traceEvents\": [\n".utf8)
        bytes += Array(
            "{\"name\": \"process_name\", \"ph\": \"M\", \"pid\": 1, \"args\": {\"name\": \(name.inJSONQuotes)}}".utf8)
        // Few names, many events: each is quoted once.
        var quoted: [String: String] = [:]
        func text(_ name: String) -> String {
            if let known = quoted[name] { return known }
            let new = name.inJSONQuotes
            quoted[name] = new
            return new
        }
        for event in events {
            var line = ",\n{\"name\": \(text(event.name)), \"cat\": \"\(event.kind)\", \"ph\": \"X\", \"pid\": 1, "
            line += "\"tid\": \(event.lane + 1), \"ts\": \(microseconds(event.start)), "
            line += "\"dur\": \(microseconds(event.duration)), \"args\": {\"pass\": \"\(event.pass.rawValue)\""
            if !event.module.isEmpty { line += ", \"module\": \(text(event.module))" }
            if event.operations > 0 { line += ", \"flop\": \(event.operations)" }
            if event.bytes > 0 { line += ", \"bytes\": \(event.bytes)" }
            bytes += Array((line + "}}").utf8)
        }
        bytes += Array("\n]}\n".utf8)
        return bytes
    }

    /// To the nanosecond, so that what lies inside stays inside.
    private func microseconds(_ nanoseconds: Int64) -> String {
        let rest = String(nanoseconds % 1000)
        return "\(nanoseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
