// SPDX-License-Identifier: Apache-2.0

/// When a fit has done enough.
public indirect enum Limit: Sendable, Hashable, CustomStringConvertible {
    /// After so many epochs.
    case epochs(Int)
    /// After so many optimizer steps.
    case steps(Int)
    /// When the first of several is reached.
    case first(of: [Limit])

    /// `50 epochs`.
    public var description: String {
        switch self {
        case .epochs(let count): "\(count) epoch\(count == 1 ? "" : "s")"
        case .steps(let count): "\(count) step\(count == 1 ? "" : "s")"
        case .first(let limits): limits.map(\.description).joined(separator: " or ")
        }
    }

    /// Whether a run that has come so far has done enough.
    func isReached(by progress: Progress) -> Bool {
        switch self {
        case .epochs(let count): progress.epoch >= count
        case .steps(let count): progress.step >= count
        case .first(let limits): limits.contains { $0.isReached(by: progress) }
        }
    }

    /// How many steps that will be, when an epoch has so many.
    func totalSteps(stepsPerEpoch: Int) -> Int {
        switch self {
        case .epochs(let count): count.multipliedReportingOverflow(by: stepsPerEpoch).partialValue
        case .steps(let count): count
        case .first(let limits): limits.map { $0.totalSteps(stepsPerEpoch: stepsPerEpoch) }.min() ?? 0
        }
    }
}
