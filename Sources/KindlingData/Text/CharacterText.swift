// SPDX-License-Identifier: Apache-2.0

/// A text as numbers of its characters.
struct CharacterText {
    /// The characters that occur.
    let vocabulary: Vocabulary
    /// Each character's place in the vocabulary.
    let tokens: ArraySlice<Int32>
    /// The contents' CRC-32.
    let checksum: UInt32
    /// The first file, for messages.
    let path: String

    /// Two thousand novels; a larger text needs a loader that does not hold it in memory.
    private static let limit = 1 << 28

    /// Reads files one after the other.
    /// - Throws: `DataError` for a file that cannot be read, is too large, or is not UTF-8, and for no text at all.
    init(readingFrom paths: [String]) throws(DataError) {
        var contents: [FileContents] = []
        var left = CharacterText.limit
        for path in paths {
            let file = try FileContents(readingFrom: path, limit: left)
            left -= file.bytes.count
            contents.append(file)
        }
        try self.init(contents)
    }

    init(_ contents: [FileContents]) throws(DataError) {
        path = contents.first?.path ?? ""
        var text = ""
        var checksum: UInt32 = 0
        for file in contents {
            guard let part = String(validating: file.bytes, as: UTF8.self) else {
                throw DataError(
                    .malformed, path: file.path, line: CharacterText.lineOfBadByte(file.bytes),
                    "this is not UTF-8 text",
                    remedy: "convert the file: iconv -t UTF-8")
            }
            text += part
            checksum = Gzip.checksum(file.bytes, continuing: checksum)
        }
        guard !text.isEmpty else {
            throw DataError(.truncated, path: path, "there is no text in it", remedy: "give a file with text")
        }
        let vocabulary = Vocabulary(charactersOf: text)
        let tokens = vocabulary.tokenOfScalar
        self.tokens = text.unicodeScalars.map { Int32(tokens[$0] ?? 0) }[...]  // the vocabulary has all of them
        self.vocabulary = vocabulary
        self.checksum = checksum
    }

    /// The first line that is not UTF-8 by itself.
    private static func lineOfBadByte(_ bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
    }
}

/// Where a text's files are.
enum TextSource: Sendable {
    /// Files that somebody named.
    case paths([String], DataDirectories)
    /// A data set with a place of its own.
    case published(DataSource, DataDirectories)

    /// The files' paths.
    /// - Throws: `DataError` with every place that was looked at.
    func locate() throws(DataError) -> [String] {
        switch self {
        case .published(let source, let directories): return try source.locate(in: directories)
        case .paths(let paths, let directories):
            guard !paths.isEmpty else { throw DataError(.invalidValue, "no text file is named") }
            var found: [String] = []
            for path in paths { found.append(try directories.file(path)) }
            return found
        }
    }
}
