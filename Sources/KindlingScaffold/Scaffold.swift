// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Makes project folders from template folders.
///
///     let project = try Scaffold(template: "minimal").make(at: "iris-study")
///
/// A project keeps what it was made from in its folder `.kindling`, so that ``ProjectUpdate`` can later tell the
/// template's changes from its owner's.
public struct Scaffold {
    /// What was made.
    public struct Project: Sendable {
        /// The files, relative to the project's folder.
        public let files: [String]
        /// What to do next; empty when the template does not say.
        public let nextSteps: String
    }

    private let name: String
    private let template: Template

    /// A template by its folder's name or path.
    /// - Throws: `ScaffoldError` when there is none, with those that there are.
    public init(template: String) throws(ScaffoldError) {
        name = template
        self.template = try Template(template)
    }

    /// The templates that a name finds, with one line about each.
    public static var templates: [(name: String, about: String)] { TemplateFolders().all }

    /// Makes the project.
    /// - Throws: `ScaffoldError` when the folder is there already, when its name is none for a package, or when
    ///   something cannot be written; what was made before that is taken away again.
    public func make(at folder: String) throws(ScaffoldError) -> Project {
        let answers = try ProjectAnswers(folder: folder)
        let filled = try template.filled(answers)
        let record = ProjectRecord(template: name, name: answers.name, base: filled.files)
        let everything = filled.files.merging(record.files) { _, ours in ours }
        guard mkdir(folder, 0o777) == 0 else {
            throw ScaffoldError(
                what: errno == EEXIST ? "'\(folder)' is there already" : "'\(folder)' cannot be made: \(Folder.reason)",
                remedy: "choose another folder")
        }
        do throws(ScaffoldError) {
            for (path, contents) in everything.sorted(by: { $0.key < $1.key }) {
                try Folder.write(contents, to: path, under: folder)
            }
        } catch {
            Folder.remove(folder, files: Array(everything.keys))
            throw error
        }
        return Project(files: filled.files.keys.sorted(), nextSteps: filled.nextSteps)
    }
}

/// Why a project could not be made or brought up to date.
public struct ScaffoldError: Error, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let what: String
    /// The way out.
    public let remedy: String

    /// An error.
    public init(what: String, remedy: String) {
        self.what = what
        self.remedy = remedy
    }

    /// What is wrong; and the way out.
    public var description: String { "\(what); \(remedy)" }
}
