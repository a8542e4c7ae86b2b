// SPDX-License-Identifier: Apache-2.0
import Testing

/// Habits that hold in every file, so that nobody has to look for them.
@Suite struct CodeTests {
    @Test(arguments: Repository.swiftSources + Repository.cSources + Repository.tests)
    func filesSayTheirLicence(_ source: Repository.Source) {
        let opening = source.lines.prefix(2).joined(separator: "\n")
        #expect(opening.contains("SPDX-License-Identifier: Apache-2.0"), "\(source.path)")
    }

    @Test(arguments: Repository.swiftSources) func filesStaySmall(_ source: Repository.Source) {
        #expect(source.codeLines.count <= 300, "\(source.path) has \(source.codeLines.count) lines of code")
    }

    /// The only places that may end the process: our own broken invariants, and errors that nobody asked to see.
    @Test(arguments: Repository.swiftSources) func nothingTraps(_ source: Repository.Source) {
        let mayEnd: Set = [
            "Sources/KindlingBackend/TensorError.swift", "Sources/KindlingEngine/Dispatch/ErrorScope.swift",
        ]
        let code = source.codeLines.joined(separator: "\n")
        for word in ["try!", "as!", "preconditionFailure("] { #expect(!code.contains(word), "\(source.path): \(word)") }
        if !mayEnd.contains(source.path) { #expect(!code.contains("fatalError("), "\(source.path)") }
    }

    @Test(arguments: Repository.swiftSources) func noWholeFoundation(_ source: Repository.Source) {
        // It costs every start of the program some milliseconds; its essentials do not.
        #expect(!source.imports.contains { $0.module == "Foundation" }, "\(source.path)")
    }

    @Test(arguments: Repository.swiftSources) func nothingIsLeftUndone(_ source: Repository.Source) {
        for word in ["TODO", "FIXME", "not implemented"] {
            #expect(!source.text.contains(word), "\(source.path): \(word)")
        }
    }

    @Test func nobodyBelowTheCommandLineStoresATrainer() {
        let storing = Repository.swiftSources.filter { source in
            source.codeLines.contains { line in
                let code = line.drop(while: \.isWhitespace)
                return (code.contains("let ") || code.contains("var ")) && code.contains(": Trainer")
                    && !code.contains(": TrainerOptions") && !code.contains(": TrainerSection")
            }
        }
        #expect(storing.filter { $0.target != "KindlingCLI" }.map(\.path).isEmpty)
    }
}
