// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingData
import KindlingEngine
import KindlingNN
import Testing

@testable import KindlingTraining

/// Every hook in its order, against the documentation's page.
@Suite struct HookTraceTests {
    /// Three batches, of which the last is alone in its step, and one of validation.
    private let data = Points(training: 5, validation: 2, batchSize: 2)

    /// The lines of one of the page's listings.
    private func listing(_ title: String, file: String = #filePath) throws -> [String] {
        let page = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/Kindling/Kindling.docc/TrainingOrder.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let start = try #require(text.range(of: "### \(title)\n"))
        let open = try #require(text.range(of: "```\n", range: start.upperBound..<text.endIndex))
        let close = try #require(text.range(of: "```", range: open.upperBound..<text.endIndex))
        return text[open.upperBound..<close.lowerBound].split(separator: "\n").flatMap {
            $0.split(separator: " ").map(String.init)
        }
    }

    private func fit(
        accumulation: Int = 1, interruption: Interruption? = nil, _ others: [any Callback] = [],
        module: any TrainingModule = Classifier()
    ) async throws -> [String] {
        let folder = try Folder()
        let hooks = EveryHook()
        var options = options(in: folder)
        options.accumulation = accumulation
        let trainer = Trainer(
            limit: .epochs(1), callbacks: [hooks] + others, options: options, interruption: interruption)
        do { _ = try await trainer.fit(module, data: data) } catch is Mishap {}
        return hooks.names
    }

    @Test func aFit() async throws { #expect(try await fit() == listing("A fit of one epoch")) }

    @Test func accumulatedBatches() async throws {
        #expect(try await fit(accumulation: 2) == listing("Two batches a step"))
    }

    @Test func validationBetweenBatches() async throws {
        let asked = After(step: 2) { $0.requestValidation() }
        #expect(try await fit([asked]) == listing("Validation between batches"))
    }

    @Test func aStop() async throws {
        let stop = After(step: 1) { $0.stop(because: "enough") }
        #expect(try await fit([stop]) == listing("A stop after the first batch"))
    }

    @Test func aFailure() async throws {
        let module = Scripted { net, batch, context in
            if context.step == 1 { throw Mishap() }
            return crossEntropy(net(batch.inputs), batch.targets)
        }
        #expect(try await fit(module: module) == listing("A step that throws"))
    }

    @Test func aSignal() async throws {
        let interruption = Interruption()
        let signal = After(step: 1) { _ in interruption.request(signal: 2) }
        #expect(try await fit(interruption: interruption, [signal]) == listing("A signal after the first batch"))
    }
}
