// SPDX-License-Identifier: Apache-2.0
import KindlingDeclarations
import KindlingRecipes
import Testing

@Suite struct RoundTripTests {
    @Test(arguments: [
        "", " ", "a", "no", "yes", "Off", "null", "~", "true", "010", "1e3", "1_000", "0x1F", "1:30", "2001-01-01",
        ".inf",
        "-", "- a", "-a", "?", "? a", ":", ":a", "a:", "a: b", "a:b", "a #b", "a#b", "#a", "[a", "{a", "]", ",", "*a",
        "&a",
        "!a", "|", ">", "%", "@", "`", "'", "\"", "it's", "say \"x\"", "\\", "a\\b", "---", "--- a", "...", "<<", "=",
        "a ",
        " a", "a\n", "a\nb", "a\n\nb\n\n", "\na", " a\nb", "a\n b", "a\n \nb", "a\tb", "\ta", "\r", "a\r\nb", "\u{85}",
        "\u{2028}", "\u{FEFF}", "\u{0}", "\u{1B}[31m", "é", "日本", "😀", "\u{A0}", "${a}", "$${a}", "$", "$$", "${",
        "a\n${b}\n",
    ])
    func everyTextSurvives(_ text: String) throws {
        for quoted in [true, false] where quoted || !text.isEmpty {
            let scalar = DeclaredValue(.scalar(text, quoted: quoted), at: .builtIn)
            let tree = mapping([("k", scalar), ("l", list([scalar, list([scalar])])), ("text", scalar)])
            let back = try loadRecipe(text: recipeText(tree)).root
            #expect(back["k"].map(content) == text && back["text"].map(content) == text, "\(recipeText(tree))")
            if quoted { #expect(back.isSame(as: tree), "\(recipeText(tree))") }
        }
        guard !text.isEmpty else { return }
        let keyed = mapping([(text, DeclaredValue(.null, at: .builtIn))])
        #expect(try loadRecipe(text: keyed.yamlText).root.isSame(as: keyed), "\(keyed.yamlText)")
    }

    @Test func tenThousandRandomTreesSurvive() throws {
        var random = SplitMix(state: 20_240_607)
        for _ in 0..<10_000 {
            let count = Int(random.next() % 4)
            let tree = mapping((0..<count).map { ("k\($0)", randomValue(depth: 3, &random)) })
            let text = recipeText(tree)
            let back = try loadRecipe(text: text).root
            guard back.isSame(as: tree) else { return #expect(Bool(false), "\(text)") }
            #expect(recipeText(back) == text)
        }
    }

    @Test func aResolvedRecipeIsReadBackAsItself() throws {
        let recipe = try loadRecipe(text: "a: run-$${x}-${m}\nb: [1, '1', no]\nc: |\n  $${d}\n  e\nm: 7\n")
        #expect(
            recipe.resolvedText
                == "a: run-$${x}-7\nb:\n  - 1\n  - \"1\"\n  - \"no\"\nc: |\n  $${d}\n  e\nm: 7\n")
        #expect(try loadRecipe(text: recipe.resolvedText).root.isSame(as: recipe.root))
    }

    private func recipeText(_ tree: DeclaredValue) -> String {
        // What a text holds is no reference here, so it is written as a recipe has to write it.
        escaped(tree).yamlText
    }

    private func escaped(_ value: DeclaredValue) -> DeclaredValue {
        switch value.content {
        case .null: value
        case .scalar(let text, let quoted):
            DeclaredValue(.scalar(text.replacing("${", with: "$${"), quoted: quoted), at: value.origin)
        case .sequence(let items): list(items.map(escaped))
        case .mapping(let entries): mapping(entries.map { ($0.key, escaped($0.value)) })
        }
    }

    private func randomValue(depth: Int, _ random: inout SplitMix) -> DeclaredValue {
        switch random.next() % (depth > 0 ? 10 : 6) {
        case 0: return DeclaredValue(.null, at: .builtIn)
        case 1:
            return DeclaredValue(
                .scalar(["1", "-2.5", "1e-3", "true", ".inf"][Int(random.next() % 5)], quoted: false), at: .builtIn)
        case 2...5:
            let alphabet = Array("ab:#-? \n\t'\"\\{}[],&*!|>%@`=<~0é日.$".unicodeScalars)
            var text = String.UnicodeScalarView()
            for _ in 0..<Int(random.next() % 9) { text.append(alphabet[Int(random.next() % UInt64(alphabet.count))]) }
            return DeclaredValue(.scalar(String(text), quoted: true), at: .builtIn)
        case 6, 7: return list((0..<Int(random.next() % 4)).map { _ in randomValue(depth: depth - 1, &random) })
        default:
            return mapping(
                (0..<Int(random.next() % 4)).map { index in
                    (
                        ["a", "no", "1", "x y", "a: b", "#", "<<", "é"][Int(random.next() % 8)] + "\(index)",
                        randomValue(depth: depth - 1, &random)
                    )
                })
        }
    }

    private func content(_ value: DeclaredValue) -> String {
        if case .scalar(let text, _) = value.content { return text }
        return value.content == .null ? "null or ~" : value.summary
    }

    private func list(_ items: [DeclaredValue]) -> DeclaredValue { DeclaredValue(.sequence(items), at: .builtIn) }

    private func mapping(_ pairs: [(String, DeclaredValue)]) -> DeclaredValue {
        DeclaredValue(
            .mapping(pairs.map { DeclaredValue.Entry(key: $0.0, keyOrigin: .builtIn, value: $0.1) }), at: .builtIn)
    }

    /// The same trees on every run, by SplitMix64 (Steele, Lea, Flood 2014).
    private struct SplitMix {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}
