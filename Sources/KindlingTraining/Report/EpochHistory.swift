// SPDX-License-Identifier: Apache-2.0

/// The figures of a run's epochs: those that this process saw, and before them those that the run folder has.
struct EpochHistory {
    struct Row: Equatable {
        /// The epoch's number, from 1.
        let epoch: Int
        /// The learning rate of its last step.
        let learningRate: Double
        /// Every figure.
        let metrics: [String: Double]
    }

    private(set) var rows: [Row]
    /// The figures' names in the order in which they were first logged.
    private(set) var names: [String]

    /// Puts epochs behind those that a resumed run has in `metrics.csv`.
    init(_ epochs: [EpochResult], folder: String) throws {
        let seen = epochs.map { epoch in
            Row(
                epoch: epoch.epoch + 1, learningRate: epoch.learningRate,
                metrics: Dictionary(epoch.metrics.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }))
        }
        let first = seen.first?.epoch ?? .max
        let earlier = try EpochHistory.rows(of: "\(folder)/metrics.csv")
        rows = earlier.rows.filter { $0.epoch < first } + seen
        names = []
        for name in epochs.flatMap(\.metrics.names) + earlier.names where !names.contains(name) { names.append(name) }
    }

    private static func rows(of path: String) throws -> (rows: [Row], names: [String]) {
        let lines = try LineFile(path: path).lines().map(CSVText.cells)
        guard let header = lines.first, let place = header.firstIndex(of: "learning_rate"), header.first == "epoch"
        else {
            return ([], [])  // It is none of CSVLogger's.
        }
        let rows = lines.dropFirst().compactMap { cells -> Row? in
            guard let epoch = cells.first.flatMap({ Int($0) }) else { return nil }
            let pairs = zip(header, cells).dropFirst(place + 1).compactMap { name, cell in
                Double(cell).map { (name, $0) }
            }
            return Row(
                epoch: epoch, learningRate: cells.indices.contains(place) ? Double(cells[place]) ?? .nan : .nan,
                metrics: Dictionary(pairs, uniquingKeysWith: { $1 }))
        }
        return (rows, Array(header.dropFirst(place + 1)))
    }

    /// What training and validation share a name for: `loss` for `loss` and `val_loss`.
    var baseNames: [String] {
        var bases: [String] = []
        for name in names {
            let base = name.hasPrefix("val_") ? String(name.dropFirst(4)) : name
            if !bases.contains(base) { bases.append(base) }
        }
        return bases
    }

    /// A figure over the epochs that have it.
    func points(_ name: String) -> [(x: Double, y: Double)] {
        rows.compactMap { row in row.metrics[name].map { (Double(row.epoch), $0) } }
    }
}
