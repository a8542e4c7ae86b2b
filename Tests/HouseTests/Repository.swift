// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// The files of this repository, as text.
enum Repository {
    // …/Tests/HouseTests/Repository.swift
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
        separator: "/")

    /// A source file: where it is, whose it is, what is in it.
    struct Source: Sendable, CustomStringConvertible {
        /// Relative to the root: `Sources/KindlingNN/Layers/Linear.swift`.
        let path: String
        let text: String

        var description: String { path }
        /// `Linear.swift`.
        var fileName: String { String(path.split(separator: "/").last ?? "") }
        /// The target that it belongs to, by its folder.
        var target: String {
            let parts = path.split(separator: "/").map(String.init)
            return parts[1] == "Programs" ? "Programs/\(parts[2])" : parts[1]
        }
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        /// Lines that are neither empty nor a comment.
        var codeLines: [Substring] {
            lines.filter { line in
                let code = line.drop(while: \.isWhitespace)
                return !code.isEmpty && !code.hasPrefix("//") && !code.hasPrefix("/*") && !code.hasPrefix("*")
            }
        }
        /// The modules that the file imports, and whether publicly.
        var imports: [(module: String, isPublic: Bool)] {
            lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place <= 2, place + 1 < words.count,
                    words[..<place].allSatisfy({ $0 == "public" || $0 == "internal" || $0 == "@_exported" })
                else { return nil }
                return (String(words[place + 1]), words[..<place].contains("public"))
            }
        }
    }

    static let swiftSources: [Source] = files(under: "Sources", ending: ".swift")
    static let cSources: [Source] =
        files(under: "Sources/CKernels", ending: ".c") + files(under: "Sources/CKernels", ending: ".h")
    static let tests: [Source] = files(under: "Tests", ending: ".swift")

    static func text(_ path: String) -> String {
        guard let data = FileManager.default.contents(atPath: "\(root)/\(path)") else { return "" }
        return String(decoding: data, as: UTF8.self)
    }

    static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []).sorted()
    }

    private static func files(under folder: String, ending: String) -> [Source] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
        return paths.filter { $0.hasSuffix(ending) }.sorted().map { path in
            Source(path: "\(folder)/\(path)", text: text("\(folder)/\(path)"))
        }
    }
}
