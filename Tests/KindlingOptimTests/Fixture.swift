// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import KindlingBackend
import KindlingEngine
import Testing

/// Numbers that PyTorch and Keras computed.
enum Fixture {
    static let optimizers = load("optimizers")
    static let schedules = load("schedules")

    private static func load(_ name: String) -> [String: [Double]] {
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        // A missing file leaves every case without expectation, which each of them reports.
        guard let data = FileManager.default.contents(atPath: "\(folder)/Fixtures/\(name).json"),
            let values = try? JSONDecoder().decode([String: [Double]].self, from: data)
        else { return [:] }
        return values
    }
}

/// What a body throws, when it is a TensorError.
func tensorError(_ body: () throws -> Void) -> TensorError? {
    do { try body() } catch { return error as? TensorError }
    return nil
}

/// The worst relative error, of numbers around 1 and above, and infinity where there are too few or NaN.
func worstError(_ found: [Double], _ wanted: [Double]) -> Double {
    guard found.count == wanted.count else { return .infinity }
    return zip(found, wanted).reduce(0) { worst, pair in
        let error = abs(pair.0 - pair.1) / max(1, abs(pair.1))
        return error <= worst ? worst : error.isNaN ? .infinity : error
    }
}
