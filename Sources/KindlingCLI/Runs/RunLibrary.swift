// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// The runs under a folder.
struct RunLibrary {
    /// Folders within folders are looked through so deep: the base, the name, the date.
    private static let depth = 3
    let base: String

    /// The runs' folders, by name, the newest of each name first.
    func folders() -> [String] { RunLibrary.folders(in: base, depth: RunLibrary.depth) }

    private static func folders(in folder: String, depth: Int) -> [String] {
        if RunRecord.isRun(folder) { return [folder] }
        guard depth > 0 else { return [] }
        let names = Files.names(in: folder)
        let (dated, others) = (names.filter(isDated), names.filter { !isDated($0) })
        return (RunFolders.newestFirst(dated) + others).flatMap { folders(in: "\(folder)/\($0)", depth: depth - 1) }
    }

    private static func isDated(_ name: String) -> Bool { name.first?.isNumber ?? false }

    /// The run that a person names: a folder, `iris` for the newest of a name, `iris/2026-01-31T12-00-00`, or the
    /// beginning of one.
    /// - Throws: `UsageError` with the nearest name when there is none.
    func find(_ name: String) throws -> RunRecord {
        guard !name.isEmpty else { throw UsageError(what: "a run's name is empty", remedy: "see 'kindling runs ls'") }
        let path = name.hasSuffix("/") && name.count > 1 ? String(name.dropLast()) : name
        if RunRecord.isRun(path) { return try RunRecord(path) }
        let all = folders()
        func tail(_ folder: String) -> Substring { folder.dropFirst(base.count + 1) }
        let found =
            all.first { tail($0) == path || tail($0).hasPrefix("\(path)/") } ?? all.first { tail($0).hasPrefix(path) }
        if let found { return try RunRecord(found) }
        guard !all.isEmpty else {
            throw UsageError(
                what: "there is no run '\(name)', and none at all under '\(base)'",
                remedy: "train one with 'kindling fit', or say where they are with --run-dir")
        }
        let names = Set(all.map { String(tail($0).split(separator: "/").first ?? "") }).sorted()
        let nearest = nearestName(to: String(path.split(separator: "/").first ?? ""), in: names)
        throw UsageError(
            what: "there is no run '\(name)' under '\(base)'",
            remedy: nearest.map { "did you mean '\($0)'?" } ?? "there are: \(names.prefix(8).joined(separator: ", "))")
    }
}
