// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Testing

/// Bad input to every verb: arguments, exit status, words of the message.
///
/// Nothing traps, nothing is printed as a result.
///
/// ROOT is the checkout; DIR a folder with files of every broken sort.
@Suite struct BadInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let arguments: String
        let status: Int32
        let words: String
        var testDescription: String { arguments }

        init(_ arguments: String, _ status: Int32, _ words: String) {
            self.arguments = arguments
            self.status = status
            self.words = words
        }
    }

    static let noRecipes = [
        "fit", "show", "check", "validate", "test", "predict", "generate", "tune",
    ].flatMap { verb in
        [
            Case("\(verb) DIR/none.yaml", 2, "there is no file"),
            Case("\(verb) DIR/empty.yaml", 2, "this recipe is empty"),
            Case("\(verb) DIR/binary.yaml", 2, "binary.yaml"),
            Case("\(verb) DIR/folder", 2, "no run's: it has no recipe.yaml"),
            Case("\(verb) DIR/list.yaml", 2, "a recipe is a mapping"),
        ]
    }

    static let noCheckpoints = ["show", "check", "validate", "test", "predict", "generate", "tune"].flatMap { verb in
        let status: Int32 = verb == "check" ? 2 : 1
        return [
            Case("\(verb) DIR/none.h5", status, "none.h5"), Case("\(verb) DIR/broken.h5", status, "broken.h5"),
            Case("\(verb) DIR/empty.h5", status, "empty.h5"),
        ]
    }

    static let others = [
        Case("", 0, ""), Case("frobnicate", 2, "Unexpected argument 'frobnicate'"), Case("--nope", 2, "Unknown option"),
        Case("fit", 2, "Missing expected argument '<recipe>'"), Case("fit DIR/iris.yaml --epochs 3", 2, "--epochs"),
        Case("fit DIR/iris.yaml --run-dir", 2, "Missing value for '--run-dir"),
        Case("fit DIR/iris.yaml --run-dir DIR/file.txt", 1, "cannot be made: Not a directory"),
        Case("fit DIR/iris.yaml --device gpu9", 1, "there is no device 'gpu9'"),
        Case("fit DIR/iris.yaml --device ''", 1, "device"),
        Case("fit DIR/iris.yaml --resume DIR/broken.h5", 1, "broken.h5"),
        Case("fit DIR/iris.yaml --resume best --run-dir DIR", 2, "has a checkpoint 'best'"),
        Case("fit DIR/broken.h5", 2, "is a checkpoint, not a recipe"),
        Case("fit DIR/iris.yaml --profile debgu", 2, "debgu"),
        Case("fit DIR/iris.yaml trainer.max_epochs=-1", 2, "expected"),
        Case("fit DIR/iris.yaml trainer.max_epochs=1e99", 2, "whole number"),
        Case("fit DIR/iris.yaml =3", 2, "a key is missing"), Case("fit DIR/iris.yaml a..b=3", 2, "a key is missing"),
        Case("fit DIR/iris.yaml seed", 2, "this changes nothing"),
        Case("fit DIR/iris.yaml ~nothing", 2, "there is no 'nothing'"),
        Case("fit DIR/iris.yaml seed=[", 2, "argument 1"), Case("fit DIR/iris.yaml DIR/none.yaml", 2, "none.yaml"),
        Case("fit DIR/iris.yaml data=MNIST --data-dir /none", 1, "no such folder"),
        Case("test DIR/iris.yaml --checkpoint best --run-dir DIR", 2, "train one with 'kindling fit'"),
        Case("test DIR/iris.yaml --checkpoint DIR/broken.h5", 1, "broken.h5"),
        Case("test DIR/iris.yaml --checkpoint DIR/folder", 1, "folder"),
        Case("validate DIR/iris.yaml --checkpoint ''", 2, "give best, last, or a path"),
        Case("predict DIR/iris.yaml --output ''", 2, "'--output' is empty"),
        Case("predict DIR/iris.yaml --output DIR/none/out.csv", 2, "choose a folder that is there"),
        Case("predict DIR/iris.yaml --output DIR/file.txt", 2, "is there already"),
        Case("generate DIR/iris.yaml --count -1", 2, "count"),
        Case("generate DIR/iris.yaml --count many", 2, "many"),
        Case("generate DIR/iris.yaml --temperature nan", 2, "give a number from 0 on"),
        Case("generate DIR/iris.yaml --top-k 0", 2, "give 1 or more"),
        Case("check", 2, "Missing expected argument"), Case("check a=1", 2, "there is no recipe to check"),
        Case("check DIR/wide.yaml --quiet", 2, "wide.yaml"),
        Case("diff DIR/iris.yaml", 2, "Missing expected argument '<second>'"),
        Case("diff DIR/iris.yaml DIR/none.yaml", 2, "there is no file"),
        Case("diff DIR/iris.yaml DIR/broken.h5", 1, "broken.h5"),
        Case("tune DIR/iris.yaml", 2, "leaves nothing open"),
        Case("tune DIR/iris.yaml --points 0", 2, "'--points' is 0"),
        Case("tune DIR/iris.yaml --trials 0", 2, "'--trials' is 0"),
        Case("tune DIR/iris.yaml --mode up", 2, "give min or max"),
        Case(
            "tune DIR/iris.yaml seed=${choice:1,2} --monitor val_los --run-dir DIR/t trainer.max_epochs=1", 2, "val_los"
        ),
        Case("tune DIR/iris.yaml seed=${choice:1,2} --run-dir DIR/file.txt", 1, "Not a directory"),
        Case(
            "tune DIR/iris.yaml data=MNIST model.in_features=${choice:4,5} --data-dir /none", 1,
            "the first trial failed"),
        Case("fit DIR/iris.yaml --run-dir /proc/none", 1, "cannot be made"),
        Case("runs plot loss --output /proc/none.svg --run-dir DIR/runs", 1, "/proc/none.svg"),
        Case("tune DIR/iris.yaml seed=${choice:a,b}", 2, "expected a whole number"),
        Case("tune DIR/iris.yaml seed=${range:1,100000} --points 20000", 2, "more than 10000 combinations"),
        Case("components Adan", 2, "did you mean 'Adam'?"), Case("components qqqqqqq", 2, "there are the kinds"),
        Case("components ''", 2, "there is no kind"), Case("schema extra", 2, "Unexpected argument 'extra'"),
        Case("completions tcsh", 2, "there are: bash, zsh, fish"), Case("completions", 2, "Missing expected argument"),
        Case("runs frob --run-dir DIR/none", 0, ""), Case("runs ls --run-dir ''", 2, "'--run-dir' is empty"),
        Case("runs ls --sort nothing --run-dir DIR/runs", 2, "no run has the figure 'nothing'"),
        Case("runs ls --limit x", 2, "is invalid for '--limit"),
        Case("runs compare a b --run-dir DIR/none", 2, "none at all under"),
        Case("runs compare '' b --run-dir DIR/runs", 2, "a run's name is empty"),
        Case("runs compare x zzz --run-dir DIR/runs", 2, "there is no run 'zzz'"),
        Case("runs compare DIR/binaryrun DIR/runs/x/1", 2, "it is no text"),
        Case("runs plot --run-dir DIR/runs", 2, "Missing expected argument"),
        Case("runs plot loss --run-dir DIR/none", 2, "there are no runs under"),
        Case("runs plot lss --run-dir DIR/runs", 2, "did you mean 'loss'?"),
        Case("runs plot junk --run-dir DIR/runs", 2, "there is nothing to draw"),
        Case("runs plot loss --output a.png --run-dir DIR/runs", 2, "ends in .svg"),
        Case("runs plot loss --output DIR/none/a.svg --run-dir DIR/runs", 2, "choose a folder that is there"),
        Case("new", 2, "name the folder"), Case("new DIR/folder", 1, "folder"),
        Case("new 1bad", 1, "is no name for a project"),
        Case("new DIR/p --template nope", 1, "nope"), Case("doctor --nope", 2, "Unknown option"),
        Case("man extra", 2, "Unexpected argument 'extra'"),
    ]

    @Test(arguments: noRecipes + noCheckpoints + others) func isSaidAndEndsInOrder(_ wrong: Case) async throws {
        let folder = try TemporaryFolder()
        try fill(folder)
        let path = folder.path
        let arguments = wrong.arguments.split(separator: " ").map { (word: Substring) -> String in
            word == "''" ? "" : String(word).replacing("ROOT", with: root).replacing("DIR", with: path)
        }
        let run = await kindlingArray(arguments)
        #expect(run.status == wrong.status, "\(run.messages)")
        #expect(wrong.words.isEmpty || run.messages.contains(wrong.words), "\(run.messages)")
        if wrong.status != 0, !arguments.contains("tune") { #expect(run.output.isEmpty, "\(run.output)") }
    }

    @Test func thereAreSixtyAtLeast() {
        #expect(BadInputTests.noRecipes.count + BadInputTests.noCheckpoints.count + BadInputTests.others.count >= 60)
    }

    private func fill(_ folder: borrowing TemporaryFolder) throws {
        try folder.write(
            """
            data: {type: Iris, validation_fraction: 0.2}
            model: {type: Linear, in_features: 4, out_features: 3}
            loss: CrossEntropy
            """, to: "iris.yaml")
        try folder.write(
            "data: Iris\nmodel: {type: Linear, in_features: 5, out_features: 3}\nloss: CrossEntropy\n", to: "wide.yaml")
        try folder.write("", to: "empty.yaml")
        try folder.write("- 1\n- 2\n", to: "list.yaml")
        try folder.write("text", to: "file.txt")
        try folder.write("text", to: "folder/file.txt")
        try folder.write("", to: "empty.h5")
        try folder.write("epoch,loss,junk\n1,0.5,abc\n", to: "runs/x/1/metrics.csv")
        let bytes = Data((0..<600).map { UInt8(truncatingIfNeeded: $0 &* 37) })
        try bytes.write(to: URL(filePath: "\(folder.path)/binary.yaml"))
        try folder.write("", to: "binaryrun/recipe.yaml")
        try bytes.write(to: URL(filePath: "\(folder.path)/binaryrun/metrics.csv"))
        // It begins as HDF5 does.
        let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
        try (Data(signature) + bytes).write(to: URL(filePath: "\(folder.path)/broken.h5"))
    }
}
