// SPDX-License-Identifier: Apache-2.0
package import KindlingEngine
internal import KindlingIO

/// The files of a profile: tables for people, figures for programs, a trace for browsers.
package enum ProfileFiles {
    /// Writes `profile.txt`, `profile.json` and `trace.json`.
    /// - Parameter name: What the trace calls the process.
    /// - Returns: The tables.
    package static func write(
        _ profile: OperationProfile, on device: Device, named name: String, to folder: String
    ) throws -> ProfileReport {
        try makeFolders(folder)
        let limits = try MachineLimits.measured(on: device)
        let report = ProfileReport(profile, limits: limits, device: device)
        try AtomicFile.write(Array(report.text.utf8), to: "\(folder)/profile.txt")
        try AtomicFile.write(
            ProfileFigures(profile, limits: limits, device: device).json, to: "\(folder)/profile.json")
        try AtomicFile.write(ChromeTrace(profile, name: name).json, to: "\(folder)/trace.json")
        return report
    }
}
