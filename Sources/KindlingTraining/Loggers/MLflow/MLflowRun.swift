// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingIO

/// The folder of one run in an MLflow file store.
struct MLflowRun {
    /// How far a run is, in MLflow's numbers.
    enum Status: Int {
        case running = 1
        case finished = 3
        case failed = 4
        case killed = 5
    }

    /// The run's id: 32 hexadecimal digits.
    let id: String
    /// The run's folder in the store.
    let path: String
    private let experimentID: String
    private let facts: RunFacts
    private let startTime: Int

    /// Finds or makes the experiment and the run.
    /// - Parameters:
    ///   - root: The store's folder.
    ///   - experiment: The experiment's name.
    ///   - facts: What the run is.
    ///   - time: Milliseconds since 1970.
    init(root: String, experiment: String, facts: RunFacts, time: Int) throws {
        try makeFolders(root)
        experimentID = try MLflowRun.experiment(experiment, in: root, time: time)
        let digits = [0, 1].map { Checksum.hexadecimal(Checksum.of(facts.directory, seed: $0)) }
        id = digits.joined()
        path = "\(root)/\(experimentID)/\(id)"
        for folder in ["metrics", "params", "tags", "artifacts"] { try makeFolders("\(path)/\(folder)") }
        self.facts = facts
        startTime = try MLflowRun.entry("start_time", of: path).flatMap { Int($0) } ?? time
    }

    /// Writes the run's `meta.yaml`.
    func write(_ status: Status, endTime: Int?) throws {
        try MLflowRun.write(
            [
                ("artifact_uri", JSONText.string(MLflowRun.address(facts.directory))), ("deleted_time", "null"),
                ("end_time", endTime.map(String.init) ?? "null"), ("entry_point_name", "''"),
                ("experiment_id", JSONText.string(experimentID)), ("lifecycle_stage", "active"),
                ("run_id", JSONText.string(id)), ("run_name", JSONText.string(facts.name)),
                ("run_uuid", JSONText.string(id)), ("source_name", "''"), ("source_type", "4"),
                ("source_version", "''"), ("start_time", String(startTime)), ("status", String(status.rawValue)),
                ("tags", "[]"), ("user_id", JSONText.string(getenv("USER").map { String(cString: $0) } ?? "")),
            ], to: path)
    }

    /// Takes out of all metrics what lies after a step.
    func keep(steps last: Int) throws {
        for name in namesInFolder("\(path)/metrics") {
            try LineFile(path: "\(path)/metrics/\(name)").keep { line in
                line.split(separator: " ").last.flatMap { Int($0) }.map { $0 <= last } ?? false
            }
        }
    }

    /// Adds a figure.
    func metric(_ name: String, _ value: Double, step: Int, time: Int) throws {
        try LineFile(path: "\(path)/metrics/\(MLflowRun.fileName(name))").append(["\(time) \(value) \(step)"])
    }

    /// Notes what the run was made with.
    func parameter(_ name: String, _ value: String) throws {
        // MLflow takes no longer ones.
        let text = String(value.unicodeScalars.prefix(6000).map(Character.init))
        try AtomicFile.write(Array(text.utf8), to: "\(path)/params/\(MLflowRun.fileName(name))")
    }

    /// Notes something about the run.
    func tag(_ name: String, _ value: String) throws {
        try AtomicFile.write(Array(value.utf8), to: "\(path)/tags/\(MLflowRun.fileName(name))")
    }

    /// The id of the experiment of a name; it is made when there is none.
    private static func experiment(_ name: String, in root: String, time: Int) throws -> String {
        let quoted = JSONText.string(name)
        for id in namesInFolder(root) {
            let found = try entry("name", of: "\(root)/\(id)")
            if found == quoted || found == name || found == "'\(name)'" { return id }
        }
        let id = String(Checksum.of(name) % 1_000_000_000_000_000_000)
        try makeFolders("\(root)/\(id)")
        let place = address(RunFacts.absolute("\(root)/\(id)"))
        try write(
            [
                ("artifact_location", JSONText.string(place)), ("creation_time", String(time)),
                ("experiment_id", JSONText.string(id)), ("last_update_time", String(time)),
                ("lifecycle_stage", "active"), ("name", quoted),
            ], to: "\(root)/\(id)")
        return id
    }

    private static func write(_ entries: [(key: String, value: String)], to folder: String) throws {
        let text = entries.map { "\($0.key): \($0.value)\n" }.joined()
        try AtomicFile.write(Array(text.utf8), to: "\(folder)/meta.yaml")
    }

    /// The value of a key at the beginning of a line of a folder's `meta.yaml`, as it is written; nil without one.
    private static func entry(_ key: String, of folder: String) throws -> String? {
        try LineFile(path: "\(folder)/meta.yaml").lines().first { $0.hasPrefix("\(key): ") }
            .map { String($0.dropFirst(key.count + 2)) }
    }

    /// A path as a `file:` address; what an address cannot have is written as `%` and two digits.
    private static func address(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return "file://"
            + path.utf8.map { byte in
                let character = Character(UnicodeScalar(byte))
                let isPlain = byte < 0x80 && (character.isLetter || character.isNumber || "/-_.~".contains(character))
                return isPlain ? String(character) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }.joined()
    }

    /// A name as MLflow takes it for a file: letters, digits, `_`, `-`, `.`, and spaces; all else becomes `_`.
    static func fileName(_ name: String) -> String {
        let kept = String(
            name.map { character in
                character.isASCII && (character.isLetter || character.isNumber || "_-. ".contains(character))
                    ? character : "_"
            })
        return kept.isEmpty || kept.allSatisfy({ $0 == "." }) ? "_" + kept : kept
    }
}
