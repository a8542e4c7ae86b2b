// SPDX-License-Identifier: Apache-2.0
internal import KindlingEngine

extension Run {
    /// Runs `body` and, where the options ask for it, writes a profile of it into the run's folder.
    ///
    /// What failed is profiled up to there.
    func profiled<Result>(_ body: () async throws -> Result) async throws -> Result {
        guard options.profiler != nil else { return try await body() }
        let profile = OperationProfile()
        let result: Result
        do {
            result = try await profile.record(body)
        } catch {
            // The error that came first is the one to report.
            try? write(profile)
            throw error
        }
        try write(profile)
        return result
    }

    private func write(_ profile: OperationProfile) throws {
        let folder = try directory()
        let report = try ProfileFiles.write(profile, on: device, named: name, to: folder)
        console.print("\(report.summary)\nProfile: \(folder)/profile.txt, profile.json, trace.json")
    }
}
