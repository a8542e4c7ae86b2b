// SPDX-License-Identifier: Apache-2.0

/// Every figure of every epoch, by name: what ``Model`` gives back after a fit.
///
///     let history = try await model.fit(x, y, epochs: 3, validationSplit: 0.2)
///     history["val_loss"]      // [0.71, 0.52, 0.44]
public struct History: Sendable {
    /// The epochs, from the first.
    public let epochs: [EpochResult]
    /// Why the fit ended.
    public let ending: FitResult.Ending

    /// A name's figure in each epoch that has one; empty for a name that nobody logged.
    public subscript(name: String) -> [Double] { epochs.compactMap { $0.metrics[name] } }

    /// The names, in the order in which they were first logged.
    public var names: [String] {
        var seen: Set<String> = []
        return epochs.flatMap { $0.metrics.map(\.name) }.filter { seen.insert($0).inserted }
    }
}
