// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingData
import KindlingEngine
import KindlingNN
import Testing

@testable import KindlingTraining

/// The page that a fit leaves, as text; how it looks is looked at in a browser.
@Suite struct ReportTests {
    /// The page of a fit, with a recipe and files of the test's own in the run folder.
    private func page(
        _ limit: Limit = .epochs(3), recipe: String? = nil, files: [String: String] = [:],
        module: any TrainingModule = Classifier()
    ) async throws -> String {
        let folder = try Folder()
        var options = options(in: folder)
        options.recipe = recipe
        let add = After(step: 1) { run in
            let directory = try run.directory()
            for (name, text) in files {
                try makeFolders(directory + "/samples")
                try Data(text.utf8).write(to: URL(fileURLWithPath: "\(directory)/\(name)"))
            }
        }
        let trainer = Trainer(limit: limit, callbacks: [add, Report()], loggers: [CSVLogger()], options: options)
        do { _ = try await trainer.fit(module, data: Points()) } catch is Mishap {}
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        let path = try #require(names.first { $0.hasSuffix("report.html") })
        return try #require(try readText("\(folder.path)/\(path)"))
    }

    @Test func pageTellsTheRun() async throws {
        let text = try await page(recipe: "seed: 42\nname: points\n")
        #expect(text.hasPrefix("<!doctype html>\n"))
        for part in [
            "<span class=\"badge\">Reached its limit of 3 epochs</span>", "3 epochs, 18 steps, ",
            "<th scope=\"col\">Validation</th>", "<strong>loss</strong>", "<strong>learning rate</strong>",
            "<pre>seed: 42\nname: points\n</pre>", "<th scope=\"row\">Seed</th><td>42</td>",
            "<th scope=\"row\">Precision</th><td>float32</td>",
            "<th scope=\"row\">Parameters</th><td>51 in float32</td>",
        ] { #expect(text.contains(part), "\(part)") }
        // Training, validation and rate, a curve each with a point an epoch.
        #expect(text.split(separator: "<polyline").count == 4)
        #expect(text.split(separator: "<circle").count == 10)
        #expect(!text.contains("Confusion matrix"))
        #expect(!text.contains("Samples"))
    }

    @Test func pageAsksNothingOfTheNetwork() async throws {
        let text = try await page(recipe: "seed: 1")
        #expect(text.contains("default-src 'none'"))
        for word in ["http:", "https:", "<script", "<link", "url(", "@import"] {
            #expect(!text.contains(word), "\(word)")
        }
    }

    @Test func textsOfOthersStandForThemselves() async throws {
        let hostile = "<script>alert(1)</script>"
        let text = try await page(
            recipe: "name: \(hostile)\n",
            files: [
                "confusion_matrix.csv": "actual \\ predicted,\(hostile)\n\(hostile),\(hostile)\n",
                "predictions.csv": "index,\(hostile)\n0,\"\(hostile), too\"\n",
            ])
        #expect(!text.contains("<script"))
        #expect(text.contains("name: &lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(text.contains("<td>&lt;script&gt;alert(1)&lt;/script&gt;, too</td>"))
        #expect(HTML.escaped("a<b>&\"c'\u{0}\n") == "a&lt;b&gt;&amp;&quot;c&#39;\u{FFFD}\n")
    }

    @Test func filesOfOtherCallbacksAreInThePage() async throws {
        let picture = "\u{89}PNG"
        let text = try await page(files: [
            "confusion_matrix.csv": "actual \\ predicted,cat,dog\ncat,3,1\ndog,0,4\n",
            "samples/epoch-2.csv": "index,target,prediction\n0,cat,cat\n",
            "samples/epoch-2.png": picture,
        ])
        #expect(
            text.contains(
                "<tr><th scope=\"row\">cat</th><td class=\"right\" style=\"--share: 0.45\">3</td>"
                    + "<td style=\"--share: 0.15\">1</td></tr>"))
        // That is no picture, whatever its name says.
        #expect(!text.contains("data:image"))
    }

    @Test func picturesAreInThePageItself() throws {
        let bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let folder = try Folder()
        var page = ReportPage(
            name: "n", ending: .ended("e"), extent: "x", time: "t", history: try EpochHistory([], folder: folder.path))
        page.pictures = [.init(name: "epoch-10", png: bytes, table: [["index", "target"], ["7", "cat"]])]
        #expect(page.text.contains("<img alt=\"epoch-10\" src=\"data:image/png;base64,iVBORw0KGgo=\">"))
        #expect(page.text.contains("<tr><th scope=\"row\">7</th><td>cat</td></tr>"))
    }

    @Test func newestPictureIsTheLatestEpochs() throws {
        let folder = try Folder()
        for name in ["epoch-9.png", "epoch-10.png", "epoch-10.csv", "notes.txt"] { _ = try folder.write([1], to: name) }
        #expect(Report.newestPicture(in: folder.path) == "epoch-10")
        #expect(Report.newestPicture(in: "\(folder.path)/none") == nil)
    }

    @Test func failedRunSaysWhy() async throws {
        let module = Scripted { net, batch, context in
            if context.epoch == 1 { throw Mishap() }
            let loss = crossEntropy(net(batch.inputs), batch.targets)
            context.log("loss", loss)
            return loss
        }
        let text = try await page(module: module)
        #expect(text.contains("<span class=\"badge failed\">Failed: mishap</span>"))
        #expect(text.contains("1 epoch, 6 steps, "))
    }

    @Test func resumedRunShowsAllEpochs() async throws {
        let folder = try Folder()
        let path = try folder.write(
            Array("epoch,step,seconds,learning_rate,loss\n1,1,1,0.1,4\n2,2,1,0.1,\n3,3,1,0.1,2\n".utf8),
            to: "metrics.csv")
        let epochs = [
            EpochResult(
                epoch: 2, step: 3, learningRate: 0.05, metrics: MetricValues([("loss", 1), ("val_loss", 3)]),
                seconds: 1,
                samples: 3)
        ]
        let history = try EpochHistory(epochs, folder: String(path.dropLast("/metrics.csv".count)))
        let rows = [
            EpochHistory.Row(epoch: 1, learningRate: 0.1, metrics: ["loss": 4]),
            EpochHistory.Row(epoch: 2, learningRate: 0.1, metrics: [:]),
            EpochHistory.Row(epoch: 3, learningRate: 0.05, metrics: ["loss": 1, "val_loss": 3]),
        ]
        #expect(history.rows == rows)
        #expect(history.names == ["loss", "val_loss"])
        #expect(history.baseNames == ["loss"])
    }

    @Test func longCurvesKeepTheirPeaks() {
        let points = (0..<10_000).map { (x: Double($0), y: $0 == 4321 ? 99.0 : Double($0 % 7)) }
        let thin = LineChart.thinned(points)
        #expect(thin.count <= 600)
        #expect(thin.contains { $0.x == 4321 && $0.y == 99 })
        #expect(zip(thin, thin.dropFirst()).allSatisfy { $0.x < $1.x })
    }

    @Test func valuesThatAreNoNumbersAreCounted() {
        let chart = LineChart(
            "loss", [.init(style: "training", label: "training", points: [(1, .nan), (2, 0.5), (3, .infinity)])])
        #expect(chart.html.contains("2 values not a number"))
        #expect(chart.html.contains("<circle"))
        #expect(
            !LineChart("loss", [.init(style: "training", label: "training", points: [(1, .nan)])]).html.contains("<svg")
        )
    }
}
