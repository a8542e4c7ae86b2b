// SPDX-License-Identifier: Apache-2.0

/// Brings a project to what its template is today, without losing what its owner changed.
///
/// Three versions of each file are compared: as the template had it when it was last applied (the base), as it is in the
/// project, and as the template has it now. What only one side changed is taken from that side; where both did, lines
/// are merged, and lines that both changed are left in the file between conflict marks, for the owner to decide.
///
///     let update = try ProjectUpdate(of: "iris-study")
///     try update.apply()
public struct ProjectUpdate {
    /// What happens to a file.
    public enum Change: String, Sendable {
        /// The template has a new file.
        case added
        /// Only the template changed it.
        case updated
        /// Both changed it, in different places.
        case merged
        /// Both changed the same lines, which stand between conflict marks.
        case conflict
        /// The template has it no longer, and nobody changed it.
        case removed
        /// The owner took it away or keeps it, and the template changed it: the project's side stays.
        case kept
    }

    /// The files that change or need a look, sorted by path.
    public let changes: [(path: String, change: Change)]
    private let project: String
    private let writes: [String: [UInt8]]
    private let removals: [String]
    private let record: ProjectRecord
    private let staleBase: [String]

    /// Finds out what would change; nothing is written yet.
    /// - Throws: `ScaffoldError` when the folder is no project, its template is gone, or a file cannot be read.
    public init(of project: String) throws(ScaffoldError) {
        let old = try ProjectRecord(of: project)
        let now = try Template(old.template).filled(try ProjectAnswers(name: old.name)).files
        var changes: [(path: String, change: Change)] = []
        var writes: [String: [UInt8]] = [:]
        var removals: [String] = []
        for path in Set(old.base.keys).union(now.keys).sorted() {
            let present = Folder.isFile("\(project)/\(path)")
            let mine = present ? try Folder.read("\(project)/\(path)") : nil
            let step = try ProjectUpdate.step(base: old.base[path], mine: mine, theirs: now[path], path)
            if let contents = step.contents { writes[path] = contents }
            if step.change == .removed { removals.append(path) }
            if let change = step.change { changes.append((path, change)) }
        }
        self.project = project
        self.changes = changes
        self.writes = writes
        self.removals = removals
        record = ProjectRecord(template: old.template, name: old.name, base: now)
        staleBase = Set(old.files.keys).subtracting(record.files.keys).sorted()
    }

    /// Whether the owner has lines to decide on.
    public var hasConflicts: Bool { changes.contains { $0.change == .conflict } }

    /// Writes the changes; each file is replaced whole, the record comes last.
    /// - Throws: `ScaffoldError` when a file cannot be written. Running the update again then goes on.
    public func apply() throws(ScaffoldError) {
        for (path, contents) in writes.sorted(by: { $0.key < $1.key }) {
            try Folder.replace(contents, at: path, under: project)
        }
        Folder.remove(files: removals, under: project)
        for (path, contents) in record.files.sorted(by: { $0.key < $1.key }) {
            try Folder.replace(contents, at: path, under: project)
        }
        Folder.remove(files: staleBase, under: project)
    }

    private static func step(base: [UInt8]?, mine: [UInt8]?, theirs: [UInt8]?, _ path: String) throws(ScaffoldError)
        -> (change: Change?, contents: [UInt8]?)
    {
        switch (base, mine, theirs) {
        case (_, let mine, let theirs) where mine == theirs: return (nil, nil)
        case (let base, _, let theirs) where base == theirs: return (nil, nil)
        case (nil, nil, let theirs?): return (.added, theirs)
        case (let base, let mine, let theirs?) where base == mine: return (.updated, theirs)
        case (let base, let mine, nil) where base == mine: return (.removed, nil)
        case (_, nil, _), (_, _, nil): return (.kept, nil)
        case (let base, let mine?, let theirs?):
            let merge = try FileMerge(base: base ?? [], mine: mine, theirs: theirs, path)
            return (merge.hasConflicts ? .conflict : .merged, merge.contents)
        }
    }
}
