// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Makes texts that are nearly recipes, the same ones for the same seed.
///
/// Mutates texts of the corpus: bytes, lines and tokens are dropped, doubled, swapped and put in, and parts of two texts
/// are joined; what is made is kept as a start for further texts now and then, so that changes add up.
struct RecipeFuzzer {
    private var random: UInt64
    private var pool: [[UInt8]]
    private let seeds: Int

    init(seed: UInt64) {
        random = seed
        pool = RecipeFuzzer.corpus
        seeds = pool.count
    }

    private static let corpus: [[UInt8]] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: CorpusTests.folder)) ?? []
        let texts = names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { name -> [UInt8]? in
            guard let data = FileManager.default.contents(atPath: CorpusTests.folder + name), data.count < 4_000 else {
                return nil
            }
            return Array(data)
        }
        return texts + [Array("a: &x {b: [1, 2]}\nc: *x\nd: {<<: *x, e: ${a.b.0}}\nf: |\n  x\n  ${c}\n".utf8)]
    }()

    /// A text, arguments, and names of profiles.
    mutating func next() -> (text: String, arguments: [String], profiles: [String]) {
        var bytes = pool[below(pool.count)]
        for _ in 0...below(6) { mutate(&bytes) }
        if bytes.count > 8_000 { bytes.removeLast(bytes.count - 8_000) }
        if below(16) == 0 {
            // What was made replaces what was made before; the corpus itself stays.
            if pool.count < seeds + 64 { pool.append(bytes) } else { pool[seeds + below(64)] = bytes }
        }
        let arguments = below(4) == 0 ? (0...below(2)).map { _ in argument() } : []
        let profiles = below(8) == 0 ? [["debug", "a", ""][below(3)]] : []
        return (String(decoding: bytes, as: UTF8.self), arguments, profiles)
    }

    private mutating func argument() -> String {
        var bytes = Array(RecipeFuzzer.arguments[below(RecipeFuzzer.arguments.count)].utf8)
        for _ in 0..<below(3) { mutate(&bytes) }
        return String(decoding: bytes.prefix(500), as: UTF8.self)
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let place = below(bytes.count + 1)
        let length = min(below(12), bytes.count - place)
        switch below(10) {
        case 0: bytes.removeSubrange(place..<place + length)
        case 1: bytes.insert(UInt8(below(256)), at: place)
        case 2, 3: bytes.insert(contentsOf: RecipeFuzzer.tokens[below(RecipeFuzzer.tokens.count)].utf8, at: place)
        case 4: if place < bytes.count { bytes[place] ^= UInt8(1 << below(8)) }
        case 5: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
        case 6:
            let other = pool[below(pool.count)]
            let start = below(other.count + 1)
            bytes.insert(contentsOf: other[start..<min(other.count, start + below(200))], at: place)
        case 7:
            var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
            let (first, second) = (below(lines.count), below(lines.count))
            if below(2) == 0 { lines.swapAt(first, second) } else { lines.insert(lines[first], at: second) }
            bytes = Array(lines.joined(separator: [0x0A]))
        case 8:
            let token = Array(RecipeFuzzer.tokens[below(RecipeFuzzer.tokens.count)].utf8)
            for _ in 0..<below(80) { bytes.insert(contentsOf: token, at: min(place, bytes.count)) }
        default:
            let end = min(bytes.count, place + below(4))
            bytes.replaceSubrange(place..<end, with: RecipeFuzzer.tokens[below(RecipeFuzzer.tokens.count)].utf8)
        }
    }

    private static let tokens = [
        ": ", ":", "- ", "-", "? ", "[", "]", "{", "}", ", ", "&a ", "*a", "*a ", "<<: ", "!!", "!!int ", "!x ", "|\n",
        ">-\n",
        "'", "\"", "\\", "\\u12", "\\xZZ", "#", " #", "\t", "\n", "\n  ", "\r\n", "\r", "\u{85}", "\u{2028}",
        "\u{FEFF}",
        "---\n", "...\n", "%YAML 1.1\n", "%TAG ! x\n", "${", "}", "${a}", "${a.b.0}", "${env:HOME}", "${env:N:5}",
        "$${",
        "~", "null", "true", "no", "0x1F", "010", "1e999", ".nan", "-.inf", "1_0", "99999999999999999999", "2001-01-01",
        "seed: ", "type: ", "optimizer: ", "{type: Adam}", "layers: ", "profiles: ", "extends: ", "trainer: ",
        "debug: ",
        "a: ", "\u{301}", "é", "日本", "😀", "\u{202E}", "\u{1B}[31m", "\0", "\u{7F}", "@", "`", "%", "=", "+", ".",
    ]

    private static let arguments = [
        "seed=1", "trainer.max_epochs=3", "optimizer={type: Adam}", "layers+=ReLU", "~seed", "~layers.0",
        "layers.0.x=1",
        "\"a.b\".c=[1, 2]", "optimizer.learning_rate=${seed}", "a.b.c.d={e: {f: [g]}}", "optimizer.type=Adam", "x+=[]",
    ]

    private mutating func below(_ count: Int) -> Int { count <= 1 ? 0 : Int(nextWord() % UInt64(count)) }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    private mutating func nextWord() -> UInt64 {
        random &+= 0x9E37_79B9_7F4A_7C15
        var z = random
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
