// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import KindlingData

@Suite struct FetchTests {
    private let source = DataSource(
        name: "Sample", folder: "sample", files: [["a.gz", "a"], ["b.gz", "b"]], published: "https://example.org")

    @Test func commandLineGoesBeforeEverything() throws {
        try withFolder { folder in
            try write([1], to: "\(folder)/first/sample/a")
            try write([1], to: "\(folder)/first/sample/b")
            try write([1], to: "\(folder)/second/a.gz")
            try write([1], to: "\(folder)/second/b")
            let both = DataDirectories.with(commandLine: "\(folder)/first") {
                DataDirectories(dataDirectory: "\(folder)/second")
            }
            #expect(try source.locate(in: both) == ["\(folder)/first/sample/a", "\(folder)/first/sample/b"])
            let own = DataDirectories(dataDirectory: "\(folder)/second")
            #expect(try source.locate(in: own) == ["\(folder)/second/a.gz", "\(folder)/second/b"])
        }
    }

    @Test func filesOfOneSetComeFromOneFolder() throws {
        try withFolder { folder in
            try write([1], to: "\(folder)/one/sample/a")
            try write([1], to: "\(folder)/two/sample/b")
            let places = DataDirectories.with(commandLine: "\(folder)/one") {
                DataDirectories(dataDirectory: "\(folder)/two")
            }
            let error = mistake { _ = try source.locate(in: places) }
            #expect(error?.code == .notFound)
            let text = "\(String(describing: error))"
            #expect(text.contains("\(folder)/one/sample (--data-dir: has no b.gz)"))
            #expect(text.contains("\(folder)/two/sample (data_dir: has no a.gz)"))
        }
    }

    @Test func absenceNamesEveryPlaceAndTheWayOut() throws {
        try withFolder { folder in
            let error = mistake { _ = try source.locate(in: DataDirectories(dataDirectory: folder)) }
            let text = error?.description ?? ""
            for part in [
                "Sample is in none of these folders", "\(folder)/sample (data_dir: no such folder)", "datasets/sample",
                "kindling/datasets/sample (the cache", "(Kindling itself", "get a.gz, b.gz from https://example.org",
                "--data-dir", "KINDLING_DATA",
            ] { #expect(text.contains(part), "\(part) in \(text)") }
        }
    }

    @Test func namedFolderThatIsAbsentIsAMistake() {
        let error = mistake { _ = try source.locate(in: DataDirectories(dataDirectory: "/nowhere/at/all")) }
        #expect(
            error?.description
                == "/nowhere/at/all: there is no such folder, named by data_dir; correct the path, or leave it out")
    }

    @Test func contentsDecideWhetherTheyArePacked() throws {
        try withFolder { folder in
            try write(packedSample, to: "\(folder)/named.txt")
            try write(unpackedSample, to: "\(folder)/named.gz")
            try write([], to: "\(folder)/empty")
            #expect(try FileContents(readingFrom: "\(folder)/named.txt", limit: 1000).bytes == unpackedSample)
            #expect(try FileContents(readingFrom: "\(folder)/named.gz", limit: 1000).bytes == unpackedSample)
            #expect(try FileContents(readingFrom: "\(folder)/empty", limit: 1000).bytes == [])
            #expect(mistake { _ = try FileContents(readingFrom: "\(folder)/named.gz", limit: 100) }?.code == .tooLarge)
            #expect(mistake { _ = try FileContents(readingFrom: "\(folder)/named.txt", limit: 100) }?.code == .tooLarge)
        }
    }

    @Test func whatCannotBeReadIsAnError() throws {
        try withFolder { folder in
            #expect(mistake { _ = try FileContents(readingFrom: folder, limit: 100) }?.code == .unreadable)
            #expect(
                mistake { _ = try FileContents(readingFrom: "\(folder)/x", limit: 100) }?.description
                    == "\(folder)/x: cannot be read: No such file or directory")
        }
    }
}
