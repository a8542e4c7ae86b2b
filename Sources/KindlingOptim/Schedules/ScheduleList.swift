// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// The schedules that a composed one is made of: what those that follow a metric need is passed on to all of them.
struct ScheduleList: Sendable {
    private(set) var members: [any LearningRateSchedule]

    var monitor: String? {
        for member in members {
            if let name = (member as? any MetricDrivenSchedule)?.monitor { return name }
        }
        return nil
    }

    mutating func observe(_ value: Double) {
        for index in members.indices {
            guard var driven = members[index] as? any MetricDrivenSchedule else { continue }
            driven.observe(value)
            members[index] = driven
        }
    }

    /// Under the members' numbers: `1/factor`.
    var state: [String: Double] {
        var result: [String: Double] = [:]
        for (index, member) in members.enumerated() {
            for (key, value) in (member as? any MetricDrivenSchedule)?.state ?? [:] {
                result["\(index)/\(key)"] = value
            }
        }
        return result
    }

    mutating func restore(_ state: [String: Double]) {
        for index in members.indices {
            guard var driven = members[index] as? any MetricDrivenSchedule else { continue }
            let prefix = "\(index)/"
            var own: [String: Double] = [:]
            for (key, value) in state where key.hasPrefix(prefix) { own[String(key.dropFirst(prefix.count))] = value }
            driven.restore(own)
            members[index] = driven
        }
    }

    /// Refuses what a member refuses, and members that follow different metrics.
    func validate(as name: String) throws(TensorError) {
        guard !members.isEmpty else { throw impossible(name, "schedules is empty, but must have at least one") }
        for member in members { try member.validate() }
        let monitors = Set(members.compactMap { ($0 as? any MetricDrivenSchedule)?.monitor })
        guard monitors.count <= 1 else {
            throw impossible(
                name,
                "its schedules follow \(monitors.sorted().joined(separator: " and ")), but can follow one metric only")
        }
    }
}
