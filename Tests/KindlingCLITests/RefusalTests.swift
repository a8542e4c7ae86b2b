// SPDX-License-Identifier: Apache-2.0
import Testing

/// Wrong input: one clear error with the way out; 2 for usage and recipes, 1 for failures; nothing is overwritten.
@Suite struct RefusalTests {
    @Test(
        arguments: [
            (["fit", "nowhere.yaml"], 2, "there is no file 'nowhere.yaml'"),
            (["fit"], 2, "Missing expected argument '<recipe>'"),
            (["frobnicate"], 2, "Unexpected argument 'frobnicate'"),
            (
                ["fit", "ROOT/recipes/iris.yaml", "trainer.max_epochs=abc"], 2,
                "'max_epochs': expected a whole number, at least 1, found 'abc'"
            ),
            (["fit", "ROOT/recipes/iris.yaml", "trainer.max_epochs=0"], 2, "expected at least 1, found '0'"),
            (["fit", "ROOT/recipes/iris.yaml", "trainr.max_epochs=3"], 2, "did you mean 'trainer'?"),
            (["fit", "ROOT/recipes/iris.yaml", "optimizer.type=Adm"], 2, "did you mean 'Adam'?"),
            (["fit", "ROOT/recipes/iris.yaml", "--device", "gpu9"], 1, "there is no device 'gpu9'"),
            (
                ["fit", "ROOT/recipes/iris.yaml", "--resume", "last", "--run-dir", "TEMP"], 2,
                "train one with 'kindling fit'"
            ),
            (["fit", "ROOT/recipes/iris.yaml", "--resume", "TEMP/none.h5", "--run-dir", "TEMP"], 1, "none.h5"),
            (["fit", "ROOT/recipes/iris.yaml", "--run-dir", "/dev/null/runs"], 1, "the run folder"),
            (["fit", "ROOT/recipes/mnist.yaml", "--data-dir", "/nonexistent"], 1, "there is no such folder"),
            (["fit", "ROOT/recipes/iris.yaml", "model.layers.0.in_features=5", "--run-dir", "TEMP"], 1, "model.0"),
            (["test", "TEMP/none.h5"], 1, "none.h5"),
            (["new", "1bad"], 1, "is no name for a project"),
        ] as [([String], Int32, String)])
    func isRefused(_ arguments: [String], _ status: Int32, _ message: String) async throws {
        let folder = try TemporaryFolder()
        let filled = arguments.map {
            $0.replacing("ROOT", with: root).replacing("TEMP", with: folder.path)
        }
        let run = await kindlingArray(filled)
        #expect(run.status == status, "\(run.messages)")
        #expect(run.messages.contains(message), "\(run.messages)")
        #expect(run.output.isEmpty)
    }

    @Test func everyMistakeOfARecipeIsShownAtOnce() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            data: {type: Iris, batch_sise: 16}
            model: {type: MLP, in_features: four, out_features: 3}
            loss: CrossEntropi
            """, to: "wrong.yaml")
        let run = await kindling("fit", "\(folder.path)/wrong.yaml")
        #expect(run.status == 2)
        for part in [
            "wrong.yaml:1:20: error: Iris has no 'batch_sise'; did you mean 'batch_size'?",
            "wrong.yaml:2:33: error: 'in_features': expected a whole number, at least 1, found 'four'",
            "wrong.yaml:3:7: error: there is no loss 'CrossEntropi'; did you mean 'CrossEntropy'?",
        ] {
            #expect(run.messages.contains(part), "\(run.messages)")
        }
    }

    @Test func helpIsNoError() async {
        for arguments in [["--help"], ["fit", "--help"], ["--version"]] {
            let run = await kindlingArray(arguments)
            #expect(run.status == 0)
            #expect(!run.output.isEmpty)
        }
    }

    @Test func doctorReportsWhatComputes() async {
        let run = await kindling("doctor")
        #expect(run.status == 0)
        for part in ["Instruction set", "Threads", "OpenBLAS", "oneDNN", "HDF5", "libyaml", "OpenCL"] {
            #expect(run.output.contains(part))
        }
    }
}
