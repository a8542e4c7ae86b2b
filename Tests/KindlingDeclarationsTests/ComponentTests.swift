// SPDX-License-Identifier: Apache-2.0
import KindlingDeclarations
import Testing

@Suite struct ComponentTests {
    struct Part: Hashable, Sendable {
        let name: String
        let numbers: [Double]
    }

    private static let kind = ComponentKind<Part>("part") {
        [
            Component("Fader", "Fades.", Field("rate", default: 0.5, in: .fractionBelowOne, "How much.")) { rate in
                Part(name: "fader", numbers: [rate])
            },
            Component(
                "Mixer", "Mixes.", Field("betas", default: [0.9, 0.999], in: .fractionBelowOne, "Shares."),
                Field(required: "channelCount", in: .atLeast(1), "How many.")
            ) { (betas: [Double], count: Int) in Part(name: "mixer", numbers: betas + [Double(count)]) },
        ]
    }

    @Test func aNameAloneMakesAComponentOfDefaults() {
        #expect(make(text("Fader")) == .success(Part(name: "fader", numbers: [0.5])))
    }

    @Test func keysBecomeArguments() {
        let value = mapping(["type": text("Mixer"), "channel_count": text("2"), "betas": list([text("0.1")])])
        #expect(make(value) == .success(Part(name: "mixer", numbers: [0.1, 2])))
    }

    @Test func allMistakesOfAComponentAreReportedAtOnce() {
        let value = mapping([
            "type": text("Mixer"), "betas": list([text("1.5"), text("0.5"), text("-1")]), "beta": text("1"),
        ])
        #expect(
            make(value)
                == .failure([
                    "Mixer has no 'beta'; did you mean 'betas'?", "expected 0 ..< 1, found '1.5'",
                    "expected 0 ..< 1, found '-1'", "Mixer needs 'channel_count': a whole number, at least 1",
                ]))
    }

    @Test func anUnknownTypeNamesTheNearest() {
        #expect(make(text("Fadder")) == .failure(["there is no part 'Fadder'; did you mean 'Fader'?"]))
        #expect(make(text("Oscillator")) == .failure(["there is no part 'Oscillator'; there are: Fader, Mixer"]))
    }

    @Test func aMisspeltTypeKeyIsRecognised() {
        #expect(
            make(mapping(["typ": text("Fader")]))
                == .failure(["this part has no 'type' but 'typ'; did you mean 'type'?"]))
        #expect(
            make(mapping(["rate": text("1")]))
                == .failure(["this part has no 'type'; write {type: NAME, …}; there are: Fader, Mixer"]))
    }

    @Test(arguments: [
        (FieldRange.any, "any number"), (.positive, "above 0"), (.fraction, "0 ... 1"), (.fractionBelowOne, "0 ..< 1"),
        (.atLeast(1e300), "at least 1e+300"),
        (FieldRange(low: 0, high: 1, includesLow: false, includesHigh: true), "above 0, up to 1"),
        (FieldRange(low: 0, high: 1, includesLow: false, includesHigh: false), "above 0, below 1"),
        (FieldRange(low: -.infinity, high: 2.5, includesLow: true, includesHigh: false), "below 2.5"),
    ])
    func rangesAreSaidInWords(_ range: FieldRange, _ words: String) { #expect("\(range)" == words) }

    private enum Outcome: Equatable {
        case success(Part)
        case failure([String])
    }

    private func make(_ value: DeclaredValue) -> Outcome {
        let reader = RecipeReader()
        if let part = Self.kind.make(from: value, reader) { return .success(part) }
        return .failure(reader.problems.map(\.message))
    }

    private func text(_ text: String) -> DeclaredValue { DeclaredValue(.scalar(text, quoted: false), at: .builtIn) }
    private func list(_ items: [DeclaredValue]) -> DeclaredValue { DeclaredValue(.sequence(items), at: .builtIn) }
    private func mapping(_ pairs: KeyValuePairs<String, DeclaredValue>) -> DeclaredValue {
        let entries = pairs.map { DeclaredValue.Entry(key: $0.key, keyOrigin: .builtIn, value: $0.value) }
        return DeclaredValue(.mapping(entries), at: .builtIn)
    }
}
