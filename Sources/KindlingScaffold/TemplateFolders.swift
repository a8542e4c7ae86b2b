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
        for candidate in candidates where Folder.isFolder(candidate) { return candidate }
        let known = Set(bases.flatMap { Folder.names(in: $0) }).sorted()
        throw ScaffoldError(
            what: "there is no template '\(name)'",
            remedy: known.isEmpty
                ? "give the path of a template folder" : "use one of: \(known.joined(separator: ", "))")
    }
}
