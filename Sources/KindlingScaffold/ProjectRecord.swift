// SPDX-License-Identifier: Apache-2.0

/// What a project remembers of its template: the name, the answers, and every file as the template had it.
///
/// Kept under `.kindling`, to be committed with the project.
struct ProjectRecord {
    static let folder = ".kindling"
    private static let baseFolder = ".kindling/base"

    let template: String
    let name: String
    /// The files as the template had them when it was last applied.
    let base: [String: [UInt8]]

    init(template: String, name: String, base: [String: [UInt8]]) {
        self.template = template
        self.name = name
        self.base = base
    }

    /// The record of a project.
    /// - Throws: when the folder is no project that a template made.
    init(of project: String) throws(ScaffoldError) {
        let path = "\(project)/\(ProjectRecord.folder)/template"
        guard Folder.isFile(path) else {
            throw ScaffoldError(
                what: "'\(project)' is no project that 'kindling new' made: it has no '.kindling/template'",
                remedy: "give a project's folder")
        }
        var fields: [Substring: Substring] = [:]
        let text = String(decoding: try Folder.read(path), as: UTF8.self)
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let colon = line.firstIndex(of: ":") else { continue }  // No field: a remark of the owner's.
            fields[line[..<colon]] = line[line.index(after: colon)...].drop { $0 == " " }
        }
        guard let template = fields["template"], let name = fields["name"] else {
            throw ScaffoldError(
                what: "'\(path)' does not say which template the project is of",
                remedy: "write the lines 'template: NAME' and 'name: NAME' into it")
        }
        self.template = String(template)
        self.name = String(name)
        var base: [String: [UInt8]] = [:]
        let root = "\(project)/\(ProjectRecord.baseFolder)"
        for file in try Folder.files(under: root) { base[file] = try Folder.read("\(root)/\(file)") }
        self.base = base
    }

    /// The record as files of the project.
    var files: [String: [UInt8]] {
        let text = """
            # What this project was made from; 'kindling new --update' reads it.
            template: \(template)
            name: \(name)

            """
        var files = ["\(ProjectRecord.folder)/template": Array(text.utf8)]
        for (path, contents) in base { files["\(ProjectRecord.baseFolder)/\(path)"] = contents }
        return files
    }
}
