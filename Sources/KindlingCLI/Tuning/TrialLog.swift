// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// The file `tune.jsonl` of a search, by which it goes on where it was ended.
struct TrialLog {
    let path: String
    /// What tells the recipe of the search from others, the values left open included.
    private let recipe: String
    private var lines: [String]
    /// The trials that need not be run again.
    private(set) var finished: [TrialRecord]

    /// Reads what is there.
    /// - Throws: when it is no text.
    init(path: String, recipe text: String) throws {
        self.path = path
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        let fingerprint = String(hash, radix: 16)
        recipe = fingerprint
        lines = Files.kind(path) == nil ? [] : try Files.text(path).split(whereSeparator: \.isNewline).map(String.init)
        finished = lines.compactMap { TrialRecord($0, recipe: fingerprint) }
    }

    /// The finished trial that made these changes.
    func record(of overrides: [String]) -> TrialRecord? { finished.first { $0.overrides == overrides } }

    /// Adds a trial; the file is whole at every moment.
    mutating func add(_ record: TrialRecord) throws {
        lines.append(record.json(recipe: recipe).line)
        if record.error == nil { finished.append(record) }
        try AtomicFile.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: path)
    }
}
