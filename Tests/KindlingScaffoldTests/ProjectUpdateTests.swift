// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import KindlingScaffold

@Suite struct ProjectUpdateTests {
    private let folder = TemporaryFolder()
    private static let lines = (1...9).map { "line \($0)\n" }

    /// A project of a template with one file of nine lines and others.
    private func makeProject() throws {
        try folder.write(Self.lines.joined(), to: "template/a.txt")
        try folder.write("same", to: "template/same.txt")
        try folder.write("old", to: "template/old.txt")
        _ = try Scaffold(template: "\(folder.path)/template").make(at: "\(folder.path)/mine")
    }

    private func changed(_ number: Int, to text: String, in lines: [String] = lines) -> String {
        var lines = lines
        lines[number - 1] = text + "\n"
        return lines.joined()
    }

    private func update() throws -> [String: ProjectUpdate.Change] {
        let update = try ProjectUpdate(of: "\(folder.path)/mine")
        try update.apply()
        return Dictionary(uniqueKeysWithValues: update.changes.map { ($0.path, $0.change) })
    }

    @Test func whatOnlyTheTemplateChangedIsTakenOver() throws {
        try makeProject()
        try folder.write(changed(2, to: "theirs"), to: "template/a.txt")
        try folder.write("new {{name}}", to: "template/deep/new.txt")
        Folder.remove(files: ["template/old.txt"], under: folder.path)
        #expect(try update() == ["a.txt": .updated, "deep/new.txt": .added, "old.txt": .removed])
        #expect(folder.text(of: "mine/a.txt") == changed(2, to: "theirs"))
        #expect(folder.text(of: "mine/deep/new.txt") == "new mine")
        #expect(folder.text(of: "mine/old.txt") == nil)
        #expect(try update() == [:])
    }

    @Test func editsStayWhereTheTemplateChangedNothing() throws {
        try makeProject()
        try folder.write(changed(2, to: "mine"), to: "mine/a.txt")
        try folder.write("my own", to: "mine/extra.txt")
        Folder.remove(files: ["mine/same.txt"], under: folder.path)
        #expect(try update() == [:])
        #expect(folder.text(of: "mine/a.txt") == changed(2, to: "mine"))
        #expect(folder.text(of: "mine/extra.txt") == "my own")
        #expect(folder.text(of: "mine/same.txt") == nil)
    }

    @Test func changesInDifferentPlacesAreMerged() throws {
        try makeProject()
        try folder.write(changed(2, to: "mine"), to: "mine/a.txt")
        try folder.write(changed(8, to: "theirs"), to: "template/a.txt")
        #expect(try update() == ["a.txt": .merged])
        let both = changed(8, to: "theirs", in: changed(2, to: "mine").split(separator: "\n").map { "\($0)\n" })
        #expect(folder.text(of: "mine/a.txt") == both)
    }

    @Test func linesThatBothChangedAreLeftToTheOwner() throws {
        try makeProject()
        try folder.write(changed(5, to: "mine"), to: "mine/a.txt")
        try folder.write(changed(5, to: "theirs"), to: "template/a.txt")
        let update = try ProjectUpdate(of: "\(folder.path)/mine")
        #expect(update.hasConflicts)
        try update.apply()
        let marks = "<<<<<<< project\nmine\n=======\ntheirs\n>>>>>>> template\n"
        #expect(folder.text(of: "mine/a.txt")?.contains(marks) == true)
        // What was decided is the owner's from then on.
        try folder.write(changed(5, to: "decided"), to: "mine/a.txt")
        #expect(try ProjectUpdate(of: "\(folder.path)/mine").changes.isEmpty)
    }

    @Test func whatTheOwnerTookAwayOrWroteAnewIsKept() throws {
        try makeProject()
        Folder.remove(files: ["mine/a.txt"], under: folder.path)
        try folder.write("edited", to: "mine/old.txt")
        try folder.write(changed(2, to: "theirs"), to: "template/a.txt")
        Folder.remove(files: ["template/old.txt"], under: folder.path)
        #expect(try update() == ["a.txt": .kept, "old.txt": .kept])
        #expect(folder.text(of: "mine/a.txt") == nil)
        #expect(folder.text(of: "mine/old.txt") == "edited")
    }

    @Test func aFolderThatNoTemplateMadeIsRefused() throws {
        try folder.write("x", to: "other/x.txt")
        let error = #expect(throws: ScaffoldError.self) { try ProjectUpdate(of: "\(folder.path)/other") }
        #expect(error?.what.contains("is no project that 'kindling new' made") == true)
    }

    @Test func aRecordWithoutItsFieldsIsRefused() throws {
        try folder.write("nonsense\n", to: "other/.kindling/template")
        #expect(throws: ScaffoldError.self) { try ProjectUpdate(of: "\(folder.path)/other") }
        try folder.write("template: /nowhere/x\nname: a/b\n", to: "other/.kindling/template")
        #expect(throws: ScaffoldError.self) { try ProjectUpdate(of: "\(folder.path)/other") }
    }
}
