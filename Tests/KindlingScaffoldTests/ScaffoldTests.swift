// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import KindlingScaffold

@Suite struct ScaffoldTests {
    private let folder = TemporaryFolder()

    private func template(_ files: [String: String]) throws -> String {
        for (path, text) in files { try folder.write(text, to: "template/\(path)") }
        return "\(folder.path)/template"
    }

    @Test func marksAreFilledInTextsAndPaths() throws {
        let template = try template([
            "Sources/{{module}}/a.swift": "// {{name}} {{module}} {{other}}\n", "NEXT-STEPS": "cd {{name}}\n",
            "ABOUT": "For tests.\n",
        ])
        let project = try Scaffold(template: template).make(at: "\(folder.path)/my-study_2")
        #expect(project.files == ["Sources/MyStudy2/a.swift"])
        #expect(project.nextSteps == "cd my-study_2\n")
        #expect(folder.text(of: "my-study_2/Sources/MyStudy2/a.swift") == "// my-study_2 MyStudy2 {{other}}\n")
    }

    @Test func filesThatAreNoTextStayAsTheyAre() throws {
        let bytes: [UInt8] = [0x89, 0x50, 0xff, 0x7b, 0x7b, 0x6e, 0x00]
        try Folder.replace(bytes, at: "template/picture.png", under: folder.path)
        _ = try Scaffold(template: "\(folder.path)/template").make(at: "\(folder.path)/p")
        #expect(try Folder.read("\(folder.path)/p/picture.png") == bytes)
    }

    @Test func anExistingFolderIsNeverWrittenInto() throws {
        let template = try template(["a.txt": "theirs"])
        try folder.write("mine", to: "there/a.txt")
        let error = #expect(throws: ScaffoldError.self) {
            try Scaffold(template: template).make(at: "\(folder.path)/there")
        }
        #expect(error?.what == "'\(folder.path)/there' is there already")
        #expect(folder.text(of: "there/a.txt") == "mine")
        #expect(folder.files == ["template/a.txt", "there/a.txt"])
    }

    @Test(arguments: [
        "", "1st", "-x", "a b", "ä", "a/..", "a.b", "swift", "Kindling", "kindling-cli", "Testing", "foundation",
        String(repeating: "a", count: 101),
    ])
    func namesThatNoPackageCanHaveAreRefused(name: String) throws {
        let template = try template(["a.txt": ""])
        #expect(throws: ScaffoldError.self) { try Scaffold(template: template).make(at: "\(folder.path)/\(name)") }
        #expect(folder.files == ["template/a.txt"])
    }

    @Test(arguments: ["", ".", "..", "nothing-like-it", "/nowhere/at/all"])
    func aTemplateThatIsNotThereIsNamed(name: String) {
        let error = #expect(throws: ScaffoldError.self) { try Scaffold(template: name) }
        #expect(error?.what == "there is no template '\(name)'")
    }

    @Test func everyShippedTemplateSaysWhatItIsFor() {
        let templates = Scaffold.templates
        #expect(
            templates.map(\.name) == [
                "image-classification", "library-plugin", "minimal", "tabular", "text-generation",
            ])
        #expect(templates.allSatisfy { !$0.about.isEmpty })
    }

    @Test(arguments: Scaffold.templates.map(\.name))
    func everyShippedTemplateHasAllThatAProjectNeeds(name: String) throws {
        let project = try Scaffold(template: name).make(at: "\(folder.path)/try-it")
        for file in [
            ".github/workflows/tests.yml", ".gitignore", "Package.swift", "README.md", "Sources/TryIt/Components.swift",
            "Sources/TryItProgram/main.swift", "Tests/TryItTests/ProjectTests.swift", "recipes/default.yaml",
        ] {
            #expect(project.files.contains(file), "\(file)")
        }
        #expect(project.nextSteps.contains("cd try-it"))
        for file in project.files { #expect(folder.text(of: "try-it/\(file)")?.contains("{{") == false, "\(file)") }
        let update = try ProjectUpdate(of: "\(folder.path)/try-it")
        #expect(update.changes.isEmpty)
    }
}
