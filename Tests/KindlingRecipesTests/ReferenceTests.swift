// SPDX-License-Identifier: Apache-2.0
import KindlingDeclarations
import KindlingRecipes
import Testing

@Suite struct ReferenceTests {
    private func root(_ text: String) throws -> DeclaredValue {
        try loadRecipe(text: text) { ["NAME": "value", "PORT": "8080", "EMPTY": "", "TEXT": "a: b #c"][$0] }.root
    }

    @Test(arguments: [
        ("x: ${a.b}\na: {b: 1e-3}", "1e-3\n"),
        ("x: \"${a.b}\"\na: {b: 1e-3}", "1e-3\n"),
        ("x: ${a}\na: {b: [1, 2]}", "b:\n  - 1\n  - 2\n"),
        ("x: ${a.1.c}\na: [0, {c: 5}]", "5\n"),
        ("x: ${a.c}\na: ${b}\nb: {c: \"${d}\"}\nd: deep", "deep\n"),
        ("x: run-${a}-${b}\na: 1\nb: two", "run-1-two\n"),
        ("x: $${a}\na: 1", "${a}\n"),
        ("x: $$${a}\na: 1", "$${a}\n"),
        ("x: 5$ ${a} $\na: 1", "5$ 1 $\n"),
        ("x: ${env:NAME}", "value\n"),
        ("x: ${env:PORT}", "8080\n"),
        ("x: ${env:EMPTY}", "null\n"),
        ("x: ${env:TEXT}", "\"a: b #c\"\n"),
        ("x: ${env:UNSET:fall:back}", "fall:back\n"),
        ("x: ${env:UNSET:}", "null\n"),
        ("x: http://localhost:${env:PORT}/${env:UNSET:path}", "http://localhost:8080/path\n"),
        ("x: ${a}\na:", "null\n"),
        ("x: \"${a}\u{301}$\u{301}\"\na: e", "e\u{301}$\u{301}\n"),
    ])
    func referencesBecomeWhatTheyName(_ text: String, _ result: String) throws {
        #expect(try root(text)["x"]?.yamlText == result)
    }

    @Test func aWholeReferenceKeepsTheTypeAndQuotesOfItsTarget() throws {
        let tree = try root("a: '1'\nb: 2\nx: ${a}\ny: '${b}'\nz: '${b}0'\n")
        #expect(tree["x"]?.content == .scalar("1", quoted: true))
        #expect(tree["y"]?.content == .scalar("2", quoted: false))
        #expect(tree["z"]?.content == .scalar("20", quoted: true))
    }

    @Test func aReferredValueIsPlacedAtTheReferenceAndItsPartsWhereTheyAre() throws {
        let tree = try root("x: ${a}\na:\n  b: 1\n")
        #expect(tree["x"].map { "\($0.origin)" } == "recipe:1:4")
        #expect(tree["x"]?["b"].map { "\($0.origin)" } == "recipe:3:6")
    }
}
