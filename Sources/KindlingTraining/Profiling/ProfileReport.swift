// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
package import KindlingEngine

/// A profile in tables: where the time went, and how near operations come to what the machine can do.
package struct ProfileReport {
    private typealias Pass = OperationProfile.Pass
    let profile: OperationProfile
    let limits: MachineLimits
    let device: Device

    /// Puts a profile beside the limits of the device that it was recorded on.
    package init(_ profile: OperationProfile, limits: MachineLimits, device: Device) {
        self.profile = profile
        self.limits = limits
        self.device = device
    }

    /// Everything, as `profile.txt` has it.
    package var text: String {
        let all = profile.operations
        return [
            heading(all), "", "Operations", operations(all[...]), "", "Modules", modules, "", "Parts of the run", parts,
            "",
        ].joined(separator: "\n")
    }

    /// The operations that took longest, for a terminal.
    package var summary: String {
        let all = profile.operations
        let more = all.count > 15 ? "\n… and \(all.count - 15) more" : ""
        return "\(heading(all))\n\n\(operations(all.prefix(15)))\(more)"
    }

    private func heading(_ all: [OperationProfile.Operation]) -> String {
        let inside = all.reduce(0) { $0 + $1.selfSeconds }
        let calls = all.reduce(0) { $0 + $1.callCount }
        let half =
            device.accelerates(.bfloat16) ? ", bfloat16 \(readable(limits.halfOperations / 1e9)) GFLOP/s" : ""
        return """
            \(readable(profile.seconds)) s recorded on \(device); \(readable(inside)) s of it in \(grouped(calls)) operations
            Measured limits: float32 \(readable(limits.wideOperations / 1e9)) GFLOP/s\(half), \
            memory \(readable(limits.bytes / 1e9)) GB/s
            FLOP are those of products and convolutions; bytes are those of inputs and results, which caches may have.
            "Of limit": the least time that these limits allow for the work, by the time taken.
            """
    }

    private func operations(_ rows: ArraySlice<OperationProfile.Operation>) -> String {
        var table = Table(
            ["Operation", "Pass", "Calls", "Self ms", "Share", "GFLOP/s", "GB/s", "Of limit"],
            right: [2, 3, 4, 5, 6, 7])
        for row in rows {
            table.add(
                row.name, row.pass.rawValue, grouped(row.callCount), readable(row.selfSeconds * 1e3),
                percent(row.selfSeconds, of: profile.seconds),
                row.floatingPointOperations == 0 ? "" : readable(row.floatingPointOperations / row.selfSeconds / 1e9),
                row.bytes == 0 ? "" : readable(row.bytes / row.selfSeconds / 1e9),
                percent(row.leastSeconds(limits), of: row.selfSeconds))
        }
        return table.text
    }

    private var modules: String {
        let rows = profile.modules
        let passes = Pass.allCases.filter { pass in rows.contains { $0.seconds[pass] != nil } }
        var table = Table(
            ["Module", "Type"] + passes.map { "\($0.rawValue) ms" } + ["Share"], right: Set(2...(passes.count + 2)))
        for row in rows {
            let times = passes.map { row.seconds[$0].map { readable($0 * 1e3) } ?? "" }
            let name = row.path.isEmpty ? "(in none)" : row.path
            table.add([name, row.type] + times + [percent(row.seconds.values.reduce(0, +), of: profile.seconds)])
        }
        return table.text
    }

    private var parts: String {
        var table = Table(["Part", "Times", "Total ms", "Mean ms", "Self ms", "Share"], right: [1, 2, 3, 4, 5])
        for part in profile.parts {
            table.add(
                part.name, grouped(part.count), readable(part.totalSeconds * 1e3),
                readable(part.totalSeconds * 1e3 / Double(part.count)), readable(part.selfSeconds * 1e3),
                percent(part.totalSeconds, of: profile.seconds))
        }
        return table.text
    }

    private func percent(_ part: Double, of whole: Double) -> String {
        guard whole > 0, part > 0 else { return "" }
        let tenths = (part / whole * 1000).rounded() / 10
        return "\(tenths) %"
    }
}

extension OperationProfile.Operation {
    /// Seconds that a machine of such limits needs for it at the least.
    func leastSeconds(_ limits: MachineLimits) -> Double {
        limits.seconds(wide: wideOperations, half: halfOperations, bytes: bytes)
    }
}
