// SPDX-License-Identifier: Apache-2.0
import KindlingDeclarations
import KindlingRecipes
import Testing

/// Recipes made to cost much; each must be refused, by name, before it does.
@Suite struct BudgetTests {
    @Test func aMillionOpenBracketsAreRefused() {
        #expect(message("x: " + String(repeating: "[", count: 1_000_000)) == "this is nested deeper than 64 levels")
    }

    @Test func aMillionKeysAreRefused() {
        let text = (0..<400_000).map { "k\($0):\n" }.joined()
        #expect(message(text) == "this recipe holds more than 200000 values, aliases counted out")
    }

    @Test func aScalarOfMoreThanAMebibyteIsRefused() {
        #expect(message("x: " + String(repeating: "y", count: 1 << 20 + 1)) == "this text is longer than 1 MiB")
    }

    @Test func laughsByMergesAreRefused() {
        let first = "a0: &a0 {" + (0..<100).map { "k\($0): 1" }.joined(separator: ", ") + "}\n"
        let text = (1..<40).reduce(first) { $0 + "a\($1): &a\($1) {x: *a\($1 - 1), y: *a\($1 - 1), <<: *a\($1 - 1)}\n" }
        #expect(message(text) == "this recipe holds more than 200000 values, aliases counted out")
    }

    @Test func depthByAliasesIsRefusedWhereItIsReached() throws {
        let brackets = (String(repeating: "[", count: 40), String(repeating: "]", count: 40))
        let text = (1..<400).reduce("a0: &a0 1\n") { $0 + "a\($1): &a\($1) \(brackets.0)*a\($1 - 1)\(brackets.1)\n" }
        let error = #expect(throws: RecipeError.self) { try loadRecipe(text: text) }
        #expect(error?.description.hasPrefix("recipe:3:49: error: this is nested deeper than 64 levels\n") == true)
    }

    @Test func depthByReferencesIsRefused() {
        let text = (0..<20).map { "a\($0): [[[[\"${a\($0 + 1)}\"]]]]\n" }.joined() + "a20: 1\n"
        #expect(message(text) == "this is nested deeper than 64 levels")
    }

    @Test(arguments: [
        "x:\n" + String(repeating: "- ${nope}\n", count: 20_000),
        "a: 1\n" + String(repeating: "a: 2\n", count: 20_000),
        "x:\n" + String(repeating: "- *nope\n", count: 20_000),
        "x:\n" + String(repeating: "- !no x\n", count: 20_000),
        "x:\n" + String(repeating: "- 'a ${'\n", count: 20_000),
    ])
    func nothingButMistakesIsGivenUp(_ text: String) throws {
        let error = #expect(throws: RecipeError.self) { try loadRecipe(text: text) }
        #expect(error?.problems.count == 101)
        #expect(error?.problems.last?.message == "reading stops here, after 100 mistakes")
    }

    @Test func aHundredThousandReferencesIntoAsManyKeysAreRefused() {
        let text = (0..<90_000).map { "k\($0): 1\nr\($0): ${k\($0)}\n" }.joined()
        #expect(message(text) == "the references of this recipe take too long to follow")
    }

    @Test func moreProfilesThanAnybodyWritesAreRefused() {
        let text = "profiles:\n" + (0..<65).map { "  p\($0): {seed: 1}\n" }.joined()
        #expect(message(text) == "a recipe has at most 64 profiles, found 65")
    }

    @Test func whatCouldNotBeReadBackFromARunsFolderIsRefused() {
        let word = String(repeating: "x", count: 100)
        let text = "a: &a [" + (0..<250).map { _ in word }.joined(separator: ", ") + "]\n"
        let whole = text + "b: [" + (0..<200).map { _ in "*a" }.joined(separator: ", ") + "]\n"
        #expect(
            message(whole) == "written out, with aliases and references put in, this is larger than 4 MiB")
    }

    @Test func aDeepButAllowedRecipeIsRead() throws {
        let text = "x: " + String(repeating: "[", count: 63) + String(repeating: "]", count: 63)
        #expect(try loadRecipe(text: text).root["x"] != nil)
    }

    private func message(_ text: String) -> String {
        do { return "read: \(try loadRecipe(text: text).root.summary)" } catch { return error.problems[0].message }
    }
}
