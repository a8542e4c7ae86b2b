// SPDX-License-Identifier: Apache-2.0

/// A plain folder that projects are made from.
///
/// Every file is copied, with `{{name}}`, `{{module}}` and `{{kindling}}` filled in, in its path as well as in its text.
/// Two files are not copied: `ABOUT`, whose first line says what the template is for, and `NEXT-STEPS`, which is shown
/// when a project was made.
struct Template {
    private let folder: String

    /// A template by its folder's name or path.
    /// - Throws: `ScaffoldError` when there is none, with those that there are.
    init(_ name: String) throws(ScaffoldError) { folder = try TemplateFolders().path(of: name) }

    /// The files of a project: paths relative to its folder, and contents.
    struct Filled {
        var files: [String: [UInt8]] = [:]
        var nextSteps = ""
    }

    /// The template with answers filled in.
    func filled(_ answers: ProjectAnswers) throws(ScaffoldError) -> Filled {
        var result = Filled()
        for path in try Folder.files(under: folder) where path != "ABOUT" {
            let contents = answers.fill(try Folder.read("\(folder)/\(path)"))
            if path == "NEXT-STEPS" {
                result.nextSteps = String(decoding: contents, as: UTF8.self)
            } else {
                result.files[answers.fill(path)] = contents
            }
        }
        guard !result.files.isEmpty else {
            throw ScaffoldError(what: "the template '\(folder)' has no files", remedy: "choose another template")
        }
        return result
    }
}
