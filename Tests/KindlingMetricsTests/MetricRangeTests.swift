// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import KindlingMetrics
import Testing

/// Settings that no metric can have.
@Suite struct MetricRangeTests {
    @Test func recipesRefuseEveryNumberOutsideItsRange() {
        func scalar(_ text: String) -> DeclaredValue { DeclaredValue(.scalar(text, quoted: false), at: .builtIn) }
        var count = 0
        for component in Metrics.all {
            for field in component.fields where !field.range.contains(-7) {
                count += 1
                let entries = [("type", scalar(component.type)), (field.key, scalar("-7"))]
                let reader = RecipeReader()
                let value = DeclaredValue(
                    .mapping(entries.map { .init(key: $0.0, keyOrigin: .builtIn, value: $0.1) }), at: .builtIn)
                _ = Metrics.kind.make(from: value, reader)
                #expect(reader.problems.map(\.message) == ["expected \(field.range), found '-7'"], "\(component.type)")
            }
        }
        #expect(count >= 6)
    }

    @Test func impossibleSettingsAreErrorsWithTheirValue() {
        func what(_ metric: some Metric, _ outputs: Tensor, _ targets: Tensor) -> String? {
            do { _ = try metric.figure(outputs, targets) } catch { return (error as? TensorError)?.what }
            return nil
        }
        let (scores, tokens) = (Inputs.tokenScores, Inputs.tokens)
        #expect(what(TopKAccuracy(k: 0), Inputs.logits, Inputs.classes) == "k is 0, but must be 1 or more")
        #expect(what(BLEUScore(order: 0), scores, tokens) == "order is 0, but must be 1 ... 64")
        #expect(what(BLEUScore(order: 65), scores, tokens) == "order is 65, but must be 1 ... 64")
        #expect(what(TokenErrorRate(blank: -1), scores, tokens) == "blank is -1, but must be 0 or more")
    }

    @Test func tokensAreTakenAsTheyAre() throws {
        let (said, meant) = (Tensor([3, 3, 4, 9, 1], shape: [1, 5]), Tensor([3, 4, -1, -1], shape: [1, 4]))
        #expect(try TokenErrorRate(end: 9).figure(said, meant) == 0.5)
        #expect(try TokenErrorRate(end: 9, blank: 7).figure(said, meant) == 0)
        #expect(try abs(BLEUScore(order: 1, end: 9).figure(said, meant) - 2.0 / 3) < 1e-12)
        #expect(code { _ = try TokenErrorRate().figure(said.converted(to: .float32), meant) } == .shapeMismatch)
    }
}
