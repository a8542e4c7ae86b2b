// SPDX-License-Identifier: Apache-2.0
import KindlingDeclarations
import KindlingRecipes
import Testing

@Suite struct OverrideTests {
    private static let recipe =
        "seed: 1\ncallbacks: [{type: A, patience: 2}, B]\noptimizer: {type: SGD, momentum: 0.9}\nnone:\n"

    @Test(arguments: [
        (["seed=2"], "seed", "2\n"),
        (["name=a=b"], "name", "a=b\n"),
        (["name="], "name", "null\n"),
        (["name='2'"], "name", "\"2\"\n"),
        (["trainer.limits.train=1e-3"], "trainer", "limits:\n  train: 1e-3\n"),
        (["none.a=1"], "none", "a: 1\n"),
        (["callbacks.0.patience=3", "callbacks.1=C"], "callbacks", "- type: A\n  patience: 3\n- C\n"),
        (["callbacks+={type: D}"], "callbacks", "- type: A\n  patience: 2\n- B\n- type: D\n"),
        (["callbacks+=[C, D]", "~callbacks.0"], "callbacks", "- B\n- C\n- D\n"),
        (["loggers+=CSV", "loggers+=[[x]]"], "loggers", "- CSV\n- - x\n"),
        (["~optimizer.momentum"], "optimizer", "type: SGD\n"),
        (["optimizer={type: Adam}"], "optimizer", "type: Adam\n"),
        (["seed=2", "seed=3"], "seed", "3\n"),
        (["copy=${optimizer.momentum}"], "copy", "0.9\n"),
        (["\"a.b\"=1"], "a.b", "1\n"),
        (["'x=y'.\"c d\"=1"], "x=y", "c d: 1\n"),
        (["\"a.b\".c=1", "\"a.b\".d=2", "~'a.b'.c"], "a.b", "d: 2\n"),
        (["\"a.b\"={c: 5}", "copy=${\"a.b\".c}"], "copy", "5\n"),
        (["callbacks.1.patience=3"], "callbacks", "- type: A\n  patience: 2\n- type: B\n  patience: 3\n"),
        (["schedule=Cosine", "schedule.warmup=1"], "schedule", "type: Cosine\nwarmup: 1\n"),
        (["callbacks.A.patience=3", "~callbacks.B"], "callbacks", "- type: A\n  patience: 3\n"),
        (["callbacks.B.x=1", "copy=${callbacks.A.patience}"], "copy", "2\n"),
        (["it's=5"], "it's", "5\n"),
    ])
    func overridesChangeWhatTheyName(_ overrides: [String], _ key: String, _ result: String) throws {
        let root = try loadRecipe(text: Self.recipe, overrides: overrides).root
        #expect(root[key]?.yamlText == result)
    }

    @Test func deletingTakesTheKeyAway() throws {
        #expect(try loadRecipe(text: Self.recipe, overrides: ["~callbacks"]).root["callbacks"] == nil)
    }

    @Test func valuesOfOverridesComeFromTheArgument() throws {
        let root = try loadRecipe(text: Self.recipe, overrides: ["seed=2", "trainer.epochs={é: 5}"]).root
        let place = Origin(source: "argument 2", line: 0, column: 16)
        #expect(root["trainer"]?["epochs"]?.origin == place)
        #expect(root["trainer"]?["epochs"]?["é"]?.origin == Origin(source: "argument 2", line: 0, column: 20))
        #expect(root["seed"]?.origin == Origin(source: "argument 1", line: 0, column: 6))
    }
}
