// SPDX-License-Identifier: Apache-2.0
import KindlingDeclarations
import Testing

@Suite struct NamingTests {
    @Test(arguments: [
        ("learningRate", "learning_rate"), ("useCUDA", "use_cuda"), ("RMSNorm", "rms_norm"),
        ("l2Penalty", "l2_penalty"),
        ("beta1", "beta1"), ("bf16Mixed", "bf16_mixed"), ("rate", "rate"), ("already_snake", "already_snake"),
    ])
    func keysAreTheSnakeCaseOfSwiftNames(_ swift: String, _ key: String) { #expect(snakeCase(swift) == key) }

    @Test(
        arguments: [
            ("learning_rat", "learning_rate"), ("lerning_rate", "learning_rate"), ("learnign_rate", "learning_rate"),
            ("leraning_raet", "learning_rate"), ("momentmu", "momentum"), ("ADAM", "Adam"), ("adma", "Adam"),
            ("lr", nil), ("x", nil), ("", nil), ("entirely_else", nil),
        ] as [(String, String?)])
    func theNearestNameIsAThirdOfTheLettersAwayAtMost(_ name: String, _ nearest: String?) {
        #expect(nearestName(to: name, in: ["learning_rate", "momentum", "Adam", "y"]) == nearest)
    }

    @Test func aSwapOfNeighboursIsOneMistake() {
        // Two replacements would be two thirds of the letters.
        #expect(nearestName(to: "sdg", in: ["SGD"]) == "SGD")
    }

    @Test func theFirstOfEquallyNearNamesIsTaken() {
        #expect(nearestName(to: "conv3d", in: ["conv1d", "conv2d"]) == "conv1d")
    }
}
