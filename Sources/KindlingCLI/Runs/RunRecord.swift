// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// What a run left in its folder.
struct RunRecord {
    /// The figures of one name over the epochs.
    struct Figure {
        let name: String
        /// Epochs, from 1, and values; epochs without one are left out.
        let points: [(epoch: Double, value: Double)]
    }

    /// The folder.
    let path: String
    /// The name and the date: `iris/2026-01-31T12-00-00`.
    let name: String
    let epochs: Int
    let seconds: Double
    /// In the order of the columns of `metrics.csv`.
    let figures: [Figure]
    /// `best`, `last`.
    let checkpoints: [String]

    /// Whether a folder is a run's.
    static func isRun(_ folder: String) -> Bool {
        ["metrics.csv", "recipe.yaml"].contains { Files.kind("\(folder)/\($0)") == .file }
            || Files.kind("\(folder)/checkpoints") == .folder
    }

    /// Reads a run's folder.
    /// - Throws: `UsageError` when its figures cannot be read.
    init(_ path: String) throws {
        self.path = path
        name = path.split(separator: "/").suffix(2).joined(separator: "/")
        let file = "\(path)/metrics.csv"
        // A run that was ended early has none.
        let table = Files.kind(file) == nil ? CSVTable("") : CSVTable(try Files.text(file))
        let columns = table.columns
        let epochNumbers = columns.first { $0.name == "epoch" }?.values ?? []
        epochs = epochNumbers.compactMap { $0 }.max().flatMap { Int(exactly: $0) } ?? 0
        seconds = columns.first { $0.name == "seconds" }?.values.compactMap { $0 }.reduce(0, +) ?? 0
        figures = columns.filter { !["epoch", "step", "seconds"].contains($0.name) }.map { column in
            Figure(
                name: column.name,
                points: zip(epochNumbers, column.values).compactMap { epoch, value in
                    guard let epoch, let value else { return nil }
                    return (epoch, value)
                })
        }
        checkpoints = Files.names(in: "\(path)/checkpoints").filter { $0.hasSuffix(".h5") }.map {
            String($0.dropLast(".h5".count))
        }
    }

    /// The figures of a name; nil when the run has none.
    subscript(name: String) -> Figure? { figures.first { $0.name == name } }

    /// The recipe that the run was made with, or nil when it has none.
    func recipe() throws -> Recipe? {
        Files.kind("\(path)/recipe.yaml") == nil ? nil : try RecipePlace(path).recipe()
    }
}

extension RunRecord.Figure {
    /// Whether more is better: an accuracy, but no loss and no error.
    static func isHigherBetter(_ name: String) -> Bool {
        let words = name.split(separator: "_").map(String.init)
        let lower: Set = [
            "loss", "error", "mse", "mae", "rmse", "mape", "perplexity", "divergence", "distance", "rate",
        ]
        if !lower.isDisjoint(with: words) { return false }
        let higher: Set = [
            "accuracy", "precision", "recall", "f1", "auc", "auroc", "r2", "iou", "dice", "bleu", "score", "kappa",
            "correlation", "similarity", "variance", "specificity", "psnr", "ssim", "map",
        ]
        return !higher.isDisjoint(with: words)
    }

    /// The last one; nil when there is none.
    var last: (epoch: Double, value: Double)? { points.last }

    /// The best one that is a number; nil when there is none.
    var best: (epoch: Double, value: Double)? {
        let numbers = points.filter { !$0.value.isNaN }
        return RunRecord.Figure.isHigherBetter(name)
            ? numbers.max { $0.value < $1.value } : numbers.min { $0.value < $1.value }
    }
}
