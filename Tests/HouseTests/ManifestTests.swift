// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite struct ManifestTests {
    let manifest = Repository.text("Package.swift")

    @Test func thePackageCanBeADependency() {
        #expect(!manifest.contains("unsafeFlags"))
        #expect(manifest.contains("swiftLanguageModes: [.v6]"))
    }

    @Test func productsAreThoseThatUsersKnow() {
        for name in ["Kindling", "KindlingTesting", "kindling", "kindling-bench"] {
            #expect(manifest.contains("(name: \"\(name)\""), "the product \(name)")
        }
    }

    /// A row names nothing below it: the manifest reads from the cellar up.
    @Test func rowsReadFromTheCellarUp() {
        var known: Set<Substring> = []
        let rows = manifest.split(separator: "\n        storey(").dropFirst()
        for row in rows {
            let end = row.firstRange(of: "\n        program(")?.lowerBound ?? row.endIndex
            let row = row[..<end].split(separator: "\n        //").first ?? row
            let quoted = row.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            let names = quoted.filter { $0.offset % 2 == 1 }.map(\.element).filter { $0.hasPrefix("Kindling") }
            guard let name = names.first else { continue }
            for need in names.dropFirst() { #expect(known.contains(need), "\(name) stands on \(need)") }
            known.insert(name)
            if name == "KindlingCLI" { break }
        }
        #expect(known.contains("KindlingCLI"))
    }

    @Test func theTopLevelHoldsWhatItMay() {
        let allowed: Set = [
            "Package.swift", "Package.resolved", "Sources", "Tests", "recipes", "datasets", "templates", "README.md",
            "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md", "runs",
        ]
        let found = Repository.names(in: "").filter { !$0.hasPrefix(".") }
        #expect(Set(found).subtracting(allowed).isEmpty)
    }
}
