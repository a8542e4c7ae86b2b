// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Where templates are looked for: a path, `./templates`, then the checkout that this package was built from.
struct TemplateFolders {
    /// The folder of Kindling's own checkout.
    static var checkout: String {
        // …/Sources/KindlingScaffold/TemplateFolders.swift
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    }

    private var bases: [String] { ["templates", "\(TemplateFolders.checkout)/templates"] }

    func path(of name: String) throws(ScaffoldError) -> String {
        let candidates = name.contains("/") ? [name] : bases.map { "\($0)/\(name)" }
        if name != ".", name != "..", !name.isEmpty {
            for candidate in candidates where Folder.isFolder(candidate) { return candidate }
        }
        let known = all.map(\.name)
        throw ScaffoldError(
            what: "there is no template '\(name)'",
            remedy: known.isEmpty
                ? "give the path of a template folder" : "use one of: \(known.joined(separator: ", "))")
    }

    /// Every template that a name finds, with what its `ABOUT` says.
    var all: [(name: String, about: String)] {
        var found: [String: String] = [:]
        for base in bases {
            for name in Folder.names(in: base) where found[name] == nil && Folder.isFolder("\(base)/\(name)") {
                // A template need not say what it is for.
                let about = (try? Folder.read("\(base)/\(name)/ABOUT")) ?? []
                found[name] = String(decoding: about.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
            }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
