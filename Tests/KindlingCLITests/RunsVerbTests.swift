// SPDX-License-Identifier: Apache-2.0
import Kindling
import Testing

@testable import KindlingCLI

/// Looking at runs: ls, compare, plot.
@Suite struct RunsVerbTests {
    /// Two runs of one name and one of another, as loggers write them.
    private func fill(_ folder: borrowing TemporaryFolder) throws {
        try folder.write(
            """
            epoch,step,seconds,learning_rate,loss,val_loss,val_accuracy
            1,10,0.5,0.01,1.0,0.9,0.50
            2,20,0.5,0.01,0.6,0.5,0.80
            3,30,0.5,0.01,0.4,0.7,nan

            """, to: "iris/2026-01-31T12-00-00/metrics.csv")
        try folder.write("seed: 1\ndata: {type: Iris}\n", to: "iris/2026-01-31T12-00-00/recipe.yaml")
        try folder.write("", to: "iris/2026-01-31T12-00-00/checkpoints/best.h5")
        try folder.write(
            "epoch,step,seconds,learning_rate,loss,val_loss,val_accuracy\n1,10,2,0.01,1.0,0.4,0.60\n",
            to: "iris/2026-01-31T12-00-00-2/metrics.csv")
        try folder.write("seed: 2\ndata: {type: Iris}\n", to: "iris/2026-01-31T12-00-00-2/recipe.yaml")
        try folder.write(
            "epoch,step,seconds,learning_rate,loss\n1,1,1,0.1,1e-3\n2,2,1,0.1,1e-5",
            to: "mnist/2026-01-30T12-00-00/metrics.csv")
        try folder.write("epoch,loss\n", to: "mnist/2026-01-29T12-00-00/metrics.csv")
        try folder.write("no run", to: "mnist/notes.txt")
    }

    @Test func runsAreListedWithTheirBestAndLastFigures() async throws {
        let folder = try TemporaryFolder()
        try fill(folder)
        let run = await kindling("runs", "ls", "--run-dir", folder.path + "/")
        #expect(run.status == 0, "\(run.messages)")
        let rows = run.output.split(separator: "\n").dropFirst(2).map { $0.split(separator: " ").map(String.init) }
        #expect(
            rows == [
                [
                    "iris/2026-01-31T12-00-00-2", "1", "2.0000", "s", "0.4000", "(1)", "0.4000", "0.6000", "(1)",
                    "0.6000",
                ],
                [
                    "iris/2026-01-31T12-00-00", "3", "1.5000", "s", "0.5000", "(2)", "0.7000", "0.8000", "(2)", "nan",
                    "best",
                ],
                ["mnist/2026-01-30T12-00-00", "2", "2.0000", "s"],
                ["mnist/2026-01-29T12-00-00", "0"],
            ], "\(run.output)")
    }

    @Test func runsAreSortedTheBestFirst() async throws {
        let folder = try TemporaryFolder()
        try fill(folder)
        func order(_ arguments: String...) async throws -> [Int] {
            let run = await kindlingArray(["runs", "ls", "iris", "--json", "--run-dir", folder.path] + arguments)
            return try JSON(reading: run.output).items.compactMap { $0["epochs"]?.int }
        }
        #expect(try await order("--sort", "val_accuracy") == [3, 1])
        #expect(try await order("--sort", "val_loss") == [1, 3])
        #expect(try await order("--sort", "val_loss", "--reverse") == [3, 1])
        #expect(try await order("--sort", "epochs", "--limit", "1") == [3])
        #expect(try await order("--sort", "seconds") == [3, 1])
    }

    @Test func recipesAndFiguresAreCompared() async throws {
        let folder = try TemporaryFolder()
        try fill(folder)
        let run = await kindling(
            "runs", "compare", "iris", "\(folder.path)/iris/2026-01-31T12-00-00", "--run-dir", folder.path)
        #expect(run.status == 0, "\(run.messages)")
        let rows = run.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(rows.contains(["seed", "2", "1"]), "\(run.output)")
        #expect(rows.contains(["val_loss,", "best", "0.4000", "0.5000"]), "\(run.output)")
        #expect(rows.contains(["val_accuracy,", "last", "0.6000", "nan"]), "\(run.output)")
        #expect(!run.output.contains("data.type"))
    }

    @Test func curvesAreDrawn() async throws {
        let folder = try TemporaryFolder()
        try fill(folder)
        let run = await kindling(
            "runs", "plot", "loss", "val_loss", "--runs", "iris/2026-01-31T12-00-00", "--run-dir", folder.path)
        #expect(run.status == 0, "\(run.messages)")
        let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        // 16 rows of dots, the axis, its ends, a line for each curve.
        #expect(lines.count == 21, "\(run.output)")
        #expect(lines[0].hasPrefix("1.0000 ┤⢄") || lines[0].hasPrefix("1.0000 ┤⠑"), "\(run.output)")
        #expect(lines[15].hasPrefix("0.4000 ┤") && lines[15].hasSuffix("●"), "\(run.output)")
        #expect(lines[17].hasSuffix(" 3"))
        #expect(lines[18].hasSuffix("● loss  0.4000") && lines[19].hasSuffix("○ val_loss  0.7000"))
        #expect(!run.output.contains("\u{1B}"))
    }

    @Test func pictures() async throws {
        let folder = try TemporaryFolder()
        try fill(folder)
        let output = "\(folder.path)/loss.svg"
        let plot = ["runs", "plot", "loss", "--log", "--output", output, "--run-dir", folder.path]
        let run = await kindlingArray(plot)
        #expect(run.status == 0, "\(run.messages)")
        let picture = folder.text("loss.svg")
        #expect(picture.hasPrefix("<svg ") && picture.hasSuffix("</svg>\n"))
        // The newest run of each name: iris with one point, mnist with two.
        #expect(picture.components("<polyline") == 2)
        #expect(picture.contains(">iris/2026-01-31T12-00-00-2<"))
        let again = await kindlingArray(plot)
        #expect(again.status == 2)
        #expect(again.messages.contains("is there already"))
        let points = await kindling("runs", "plot", "val_loss", "--runs", "iris", "--json", "--run-dir", folder.path)
        #expect(try JSON(reading: points.output).items.first?["points"]?.line == "[[1, 0.4]]", "\(points.output)")
    }

    @Test func wrongNamesHaveTheNearest() async throws {
        let folder = try TemporaryFolder()
        try fill(folder)
        for (arguments, message) in [
            (["compare", "iris", "minst"], "did you mean 'mnist'?"), (["compare", "iris"], "name another"),
            (["plot", "val_los"], "did you mean 'val_loss'?"), (["ls", "--sort", "val_accurac"], "'val_accuracy'?"),
            (["ls", "--metric", "xyz"], "there are: learning_rate, loss, val_loss, val_accuracy"),
            (["plot", "loss", "--output", "a.png"], "ends in .svg"), (["ls", "--limit", "0"], "give 1 or more"),
        ] {
            let run = await kindlingArray(["runs"] + arguments + ["--run-dir", folder.path])
            #expect(run.status == 2, "\(arguments)")
            #expect(run.messages.contains(message), "\(run.messages)")
        }
        let none = await kindling("runs", "--run-dir", "\(folder.path)/none")
        #expect(none.status == 0)
        #expect(none.output == "There are no runs under '\(folder.path)/none'.\n")
    }

    @Test func aNameWithACommaIsOneColumn() {
        let table = CSVTable("epoch,\"a, \"\"b\"\"\",loss\n1,2,3\n")
        #expect(table.columns.map(\.name) == ["epoch", "a, \"b\"", "loss"])
        #expect(table.columns.map(\.values) == [[1], [2], [3]])
    }

    @Test func scalesHoldWhateverValuesAre() {
        #expect(PlotScale([0, 10]).ticks(5) == [0, 2, 4, 6, 8, 10])
        #expect(PlotScale([0.001, 100], isLogarithmic: true).ticks(5).map { $0 }.count == 6)
        for values in [[], [3.0], [0, 0], [1e308, -1e308], [5e-324, 0], [1e300, 1e300]] {
            let scale = PlotScale(values)
            #expect(scale.ticks(5).count < 30)
            for value in values + [0, 1e308] {
                #expect((0...1).contains(scale.place(value)), "\(values) \(value)")
            }
        }
    }
}

extension String {
    /// How often a text is in this one.
    fileprivate func components(_ part: String) -> Int { ranges(of: part).count }
}
