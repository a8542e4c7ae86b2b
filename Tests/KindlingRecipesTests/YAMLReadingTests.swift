// SPDX-License-Identifier: Apache-2.0
import KindlingDeclarations
import KindlingRecipes
import Testing

@Suite struct YAMLReadingTests {
    @Test func scalarsKeepTheirTextAndTheirQuotes() throws {
        let root = try loadRecipe(
            text: """
                plain: no
                single: 'no'
                double: "a\\tb"
                octal: 010
                empty:
                tilde: ~
                null: null
                quoted null: "null"
                folded: one
                  two
                literal: |
                  one
                  two
                """
        ).root
        let expected: [(String, DeclaredValue.Content)] = [
            ("plain", .scalar("no", quoted: false)), ("single", .scalar("no", quoted: true)),
            ("double", .scalar("a\tb", quoted: true)), ("octal", .scalar("010", quoted: false)), ("empty", .null),
            ("tilde", .null), ("null", .null), ("quoted null", .scalar("null", quoted: true)),
            ("folded", .scalar("one two", quoted: false)), ("literal", .scalar("one\ntwo", quoted: true)),
        ]
        #expect(keys(root) == expected.map(\.0))
        for (key, content) in expected { #expect(root[key]?.content == content) }
    }

    @Test func keysAreTextWhateverTheyLookLike() throws {
        let root = try loadRecipe(text: "1: a\ntrue: b\n~: c\n2.5: d\n\"q\": e").root
        #expect(keys(root) == ["1", "true", "~", "2.5", "q"])
    }

    @Test func everyKeyValueAndCollectionKnowsItsPlace() throws {
        let root = try loadRecipe(text: "ключ: ёж\nlist:\n  - 1\n  - {a: 2}\n", named: "r.yaml").root
        guard case .mapping(let entries) = root.content else { return #expect(Bool(false)) }
        #expect(entries.map { "\($0.keyOrigin)" } == ["r.yaml:1:1", "r.yaml:2:1"])
        #expect(entries.map { "\($0.value.origin)" } == ["r.yaml:1:7", "r.yaml:3:3"])
        guard case .sequence(let items) = entries[1].value.content else { return #expect(Bool(false)) }
        #expect(items.map { "\($0.origin)" } == ["r.yaml:3:5", "r.yaml:4:5"])
        #expect(items[1]["a"].map { "\($0.origin)" } == "r.yaml:4:9")
    }

    @Test(arguments: ["a: 1\r\nb:\r\n  - x\r\n", "\u{FEFF}a: 1\nb:\n  - x\n", "%YAML 1.2\n---\na: 1\nb:\n  - x\n...\n"])
    func marksAndLineEndsChangeNothing(_ text: String) throws {
        let root = try loadRecipe(text: text).root
        #expect(root.isSame(as: try loadRecipe(text: "a: 1\nb:\n  - x\n").root))
    }

    @Test func aliasesRepeatTheValueWhereItWasWritten() throws {
        let root = try loadRecipe(text: "a: &x {k: 1}\nb: *x\n").root
        #expect(root["b"] == root["a"])
    }

    @Test func mergedKeysYieldToOwnOnesAndEarlierSourcesWin() throws {
        let text = """
            one: &one {a: 1, b: 1}
            two: &two {b: 2, c: 2}
            both:
              first: 0
              <<: [*one, *two]
              a: own
            alone: {<<: *one}
            text: {"<<": x}
            """
        let root = try loadRecipe(text: text).root
        #expect(root["both"]?.yamlText == "first: 0\nb: 1\nc: 2\na: own\n")
        #expect(root["alone"]?.yamlText == "a: 1\nb: 1\n")
        #expect(root["text"]?.yamlText == "\"<<\": x\n")
    }

    @Test func coreTagsSayWhatAScalarIs() throws {
        let root = try loadRecipe(
            text: "a: !!str 5\nb: !!int \"5\"\nc: ! x\nd: !!null x\ne: !!seq [1]\nf: !!map {a: 1}\n"
        ).root
        #expect(root["a"]?.content == .scalar("5", quoted: true))
        #expect(root["b"]?.content == .scalar("5", quoted: false))
        #expect(root["c"]?.content == .scalar("x", quoted: true))
        #expect(root["d"]?.content == .null)
    }

    private func keys(_ value: DeclaredValue) -> [String] {
        guard case .mapping(let entries) = value.content else { return [] }
        return entries.map(\.key)
    }
}
