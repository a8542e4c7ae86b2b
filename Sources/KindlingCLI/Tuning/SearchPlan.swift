// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// Which values a search tries, in order: the same for the same recipe, numbers and seed.
struct SearchPlan {
    /// More trials than anybody waits for.
    static let limit = 10_000
    let choices: [RecipeChoice]
    /// A value for each choice, as an override spells it.
    let trials: [[String]]

    /// Every combination; ranges at `points` places.
    /// - Throws: `UsageError` when there are more than the limit.
    init(grid choices: [RecipeChoice], points: Int) throws {
        self.choices = choices
        var trials: [[String]] = [[]]
        for choice in choices {
            let values = choice.values.grid(points: points)
            guard trials.count * values.count <= SearchPlan.limit else {
                throw UsageError(
                    what: "the grid has more than \(SearchPlan.limit) combinations",
                    remedy: "leave less open, or draw some of them: --trials 50")
            }
            trials = trials.flatMap { trial in values.map { trial + [$0] } }
        }
        self.trials = trials
    }

    /// Drawn combinations, none of them twice; fewer than asked for when there are no more.
    init(random choices: [RecipeChoice], count: Int, seed: UInt64) {
        self.choices = choices
        var generator = SplitMix(seed: seed)
        var seen: Set<[String]> = []
        var trials: [[String]] = []
        // What is drawn again and again is all there is.
        var failures = 0
        while trials.count < count, failures < 1000 {
            let trial = choices.map { $0.values.value(at: generator.fraction()) }
            if seen.insert(trial).inserted {
                trials.append(trial)
                failures = 0
            } else {
                failures += 1
            }
        }
        self.trials = trials
    }

    /// The changes to the recipe that a trial is.
    func overrides(_ trial: [String]) -> [String] { zip(choices, trial).map { "\($0.path)=\($1)" } }
}

/// Random numbers that are the same everywhere (Steele, Lea, Flood 2014).
private struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A number from 0 up to but not 1.
    mutating func fraction() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return Double((word ^ word >> 31) >> 11) * 0x1p-53
    }
}
