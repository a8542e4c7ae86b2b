// SPDX-License-Identifier: Apache-2.0

/// What has been counted, for who reads it.
extension ProfileRecord {
    var operationRows: [OperationProfile.Operation] {
        operations.map { key, totals in
            OperationProfile.Operation(
                name: names[key.name], pass: key.pass, callCount: totals.count, selfSeconds: seconds(totals.own),
                totalSeconds: seconds(totals.total), wideOperations: totals.work.wide,
                halfOperations: totals.work.half, bytes: totals.work.bytes)
        }
        .sorted { ($1.selfSeconds, $0.name, $0.pass.rawValue) < ($0.selfSeconds, $1.name, $1.pass.rawValue) }
    }

    var moduleRows: [OperationProfile.ModuleTime] {
        modulePaths.compactMap { path in
            var byPass: [Pass: Double] = [:]
            var count = 0
            for pass in Pass.allCases {
                guard let totals = modules[Key(name: path, pass: pass)] else { continue }
                byPass[pass] = seconds(totals.own)
                count += totals.count
            }
            guard count > 0 else { return nil }
            return OperationProfile.ModuleTime(
                path: names[path], type: moduleTypes[path] ?? "", seconds: byPass, callCount: count)
        }
    }

    var partRows: [OperationProfile.Part] {
        parts.map { name, totals in
            OperationProfile.Part(
                name: names[name], count: totals.count, totalSeconds: seconds(totals.total),
                selfSeconds: seconds(totals.own))
        }
        .sorted { ($1.totalSeconds, $0.name) < ($0.totalSeconds, $1.name) }
    }

    var resolvedEvents: [OperationProfile.Event] {
        let first = events.first?.start ?? 0
        let now = ProfileRecord.now
        return events.map { event in
            OperationProfile.Event(
                name: names[event.name], kind: event.kind.rawValue, pass: event.pass, module: names[event.module],
                lane: event.lane, start: event.start - first,
                duration: event.duration < 0 ? now - event.start : event.duration,
                operations: event.work.wide + event.work.half, bytes: event.work.bytes)
        }
    }

    private func seconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) * 1e-9 }
}
