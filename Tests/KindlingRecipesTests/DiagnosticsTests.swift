// SPDX-License-Identifier: Apache-2.0
import KindlingDeclarations
import KindlingRecipes
import Testing

@Suite struct DiagnosticsTests {
    @Test func colourIsUsedOnlyWhenAskedFor() {
        let error = RecipeError(
            problems: [.init(at: Origin(source: "a", line: 1, column: 2), "wrong")],
            sources: [RecipeSource(name: "a", text: "xy")])
        #expect(error.rendered(inColor: false) == "a:1:2: error: wrong\n    xy\n     ^")
        #expect(
            error.rendered(inColor: true)
                == "\u{1B}[1ma:1:2\u{1B}[0m: \u{1B}[1;31merror:\u{1B}[0m \u{1B}[1mwrong\u{1B}[0m\n    xy\n     \u{1B}[1;32m^\u{1B}[0m"
        )
    }

    @Test func problemsAreSortedByPlaceAndCountOnce() {
        let places = [("b", 1, 1), ("a", 2, 1), ("a", 1, 9), ("argument 1", 0, 3), ("a", 1, 2), ("a", 1, 9)]
        let error = RecipeError(
            problems: places.map { .init(at: Origin(source: $0.0, line: $0.1, column: $0.2), "x") },
            sources: ["a", "b", "argument 1"].map { RecipeSource(name: $0, text: "") })
        #expect(error.problems.map { "\($0.origin)" } == ["a:1:2", "a:1:9", "a:2:1", "b:1:1", "argument 1"])
    }

    @Test func placesBeyondTheTextAreShownWithoutALine() {
        let error = RecipeError(
            problems: [.init(at: Origin(source: "a", line: 9, column: 9), "x"), .init(at: Origin(source: "zz"), "y")],
            sources: [RecipeSource(name: "a", text: "xy")])
        #expect(error.description == "zz: error: y\na:9:9: error: x")
    }
}
