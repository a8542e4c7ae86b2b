// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Makes a project folder from a template folder: copies its files, with `{{name}}` and the like filled in, in file
/// names as well as in texts.
///
/// A template is a folder. A file `NEXT-STEPS` in it is not copied, but shown afterwards.
public struct Scaffold {
    /// What was made.
    public struct Project: Sendable {
        /// The files, relative to the project's folder.
        public let files: [String]
        /// What to do next; empty when the template does not say.
        public let nextSteps: String
    }

    private let template: String

    /// A template by its folder's name or path.
    /// - Throws: `ScaffoldError` when there is none, with those that there are.
    public init(template: String) throws(ScaffoldError) {
        self.template = try TemplateFolders().path(of: template)
    }

    /// Makes the project.
    /// - Throws: `ScaffoldError` when the folder is there already, when its name is none for a package, or when
    ///   something cannot be written; what was made before that is taken away again.
    public func make(at folder: String) throws(ScaffoldError) -> Project {
        let answers = try ProjectAnswers(folder: folder)
        let relative = try Folder.files(under: template)
        var texts: [(path: String, text: String)] = []
        var nextSteps = ""
        for path in relative {
            let text = answers.fill(try Folder.read("\(template)/\(path)"))
            if path == "NEXT-STEPS" { nextSteps = text } else { texts.append((answers.fill(path), text)) }
        }
        guard mkdir(folder, 0o777) == 0 else {
            throw ScaffoldError(
                what: errno == EEXIST ? "'\(folder)' is there already" : "'\(folder)' cannot be made: \(Folder.reason)",
                remedy: "choose another folder")
        }
        do throws(ScaffoldError) {
            for (path, text) in texts { try Folder.write(text, to: "\(folder)/\(path)", under: folder) }
        } catch {
            Folder.remove(folder, files: texts.map(\.path))
            throw error
        }
        return Project(files: texts.map(\.path), nextSteps: nextSteps)
    }
}

/// Why a project could not be made.
public struct ScaffoldError: Error, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let what: String
    /// The way out.
    public let remedy: String

    /// What is wrong; and the way out.
    public var description: String { "\(what); \(remedy)" }
}
