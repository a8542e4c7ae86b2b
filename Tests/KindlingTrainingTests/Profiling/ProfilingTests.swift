// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingData
import KindlingEngine
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

/// What a run with a profiler leaves in its folder.
@Suite struct ProfilingTests {
    private struct Trace: Decodable {
        struct Event: Decodable {
            let name: String
            let ph: String
            let cat: String?
            let ts: Double?
            let dur: Double?
            let tid: Int?
            let args: Arguments
        }
        struct Arguments: Decodable {
            let pass: String?
            let module: String?
        }
        let traceEvents: [Event]
    }

    private struct Figures: Decodable {
        struct Operation: Decodable {
            let operation: String
            let pass: String
            let calls: Int
            let self_s: Double
            let total_s: Double
            let share_of_limit: Double
        }
        struct Module: Decodable { let path: String, type: String, calls: Int, seconds: [String: Double] }
        struct Part: Decodable { let name: String, count: Int, total_s: Double }
        let recorded_s: Double
        let limits: [String: Double]
        let operations: [Operation]
        let modules: [Module]
        let parts: [Part]
        let trace_events_left_out: Int
    }

    private func fit(
        _ profiler: Profiler?, in folder: Folder, callbacks: [any Callback] = [], console: Console = .silent
    ) async throws -> (module: Classifier, result: FitResult) {
        let module = Classifier(.adam(learningRate: 0.02))
        var options = options(in: folder, console: console)
        options.profiler = profiler
        let result = try await Trainer(limit: .epochs(2), callbacks: callbacks, options: options)
            .fit(module, data: Points())
        return (module, result)
    }

    private func decoded<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    @Test func everyStepPassAndHookIsCounted() async throws {
        let folder = try Folder()
        let (_, result) = try await fit(.simple, in: folder, callbacks: [EveryHook()])
        let directory = try #require(result.directory)
        let figures = try decoded(Figures.self, "\(directory)/profile.json")
        let parts = Dictionary(uniqueKeysWithValues: figures.parts.map { ($0.name, $0.count) })
        // 22 samples in batches of 4 are 6 steps an epoch; 6 of validation are 2, and 2 are looked at before.
        #expect(parts["forward"] == 12)
        #expect(parts["backward"] == 12)
        #expect(parts["optimizer"] == 12)
        #expect(parts["evaluation"] == 6)
        #expect(parts["EveryHook.batchEnded"] == 12)
        #expect(parts["EveryHook.epochEnded"] == 2)
        #expect(parts["EveryHook.fitEnded"] == 1)
        // Training knows its last batch; a look at validation asks once more, the one before the first step does not.
        #expect(parts["next batch"] == 12 + 2 + 2 * 3)

        let adam = try #require(figures.operations.first { $0.operation == "adam" })
        #expect(adam.pass == "optimizer" && adam.calls == 12)
        let products = figures.operations.filter { $0.operation == "matmul" }
        #expect(Set(products.map(\.pass)) == ["forward", "backward", "evaluation"])
        #expect(products.first { $0.pass == "forward" }?.calls == 24)
        #expect(figures.operations.allSatisfy { $0.self_s <= $0.total_s && $0.share_of_limit >= 0 })
        #expect(figures.operations.reduce(0) { $0 + $1.self_s } <= figures.recorded_s)
        #expect(figures.limits.values.allSatisfy { $0 > 0 } && figures.limits.count == 3)
        let layer = try #require(figures.modules.first { $0.path == "net.0" })
        #expect(layer.type == "Linear")
        #expect(Set(layer.seconds.keys) == ["forward", "backward", "evaluation"])
    }

    @Test func traceIsOfCompleteEventsThatNest() async throws {
        let folder = try Folder()
        let (_, result) = try await fit(.simple, in: folder, callbacks: [EveryHook()])
        let trace = try decoded(Trace.self, "\(try #require(result.directory))/trace.json")
        let events = trace.traceEvents.filter { $0.ph == "X" }
        #expect(trace.traceEvents.count == events.count + 1)
        #expect(Set(events.compactMap(\.cat)).isSuperset(of: ["operation", "module", "gradient", "part"]))
        #expect(events.contains { $0.name == "matmul" && $0.args.pass == "backward" && $0.args.module == "net.0" })
        func nanoseconds(_ microseconds: Double?) throws -> Int { Int((try #require(microseconds) * 1000).rounded()) }
        for lane in Set(events.compactMap(\.tid)) {
            var open: [Int] = []
            for event in events where event.tid == lane {
                let start = try nanoseconds(event.ts)
                let end = start + (try nanoseconds(event.dur))
                while let last = open.last, last <= start { open.removeLast() }
                if let last = open.last { #expect(end <= last, "\(event.name)") }
                open.append(end)
            }
        }
    }

    @Test func tablesSayWhereTheTimeWent() async throws {
        let folder = try Folder()
        let kept = Kept()
        let (_, result) = try await fit(.simple, in: folder, console: kept.console())
        let directory = try #require(result.directory)
        let text = try String(contentsOfFile: "\(directory)/profile.txt", encoding: .utf8)
        for title in ["Operations", "Modules", "Parts of the run", "Of limit", "GFLOP/s", "net.0", "adam"] {
            #expect(text.contains(title), "\(title)")
        }
        #expect(kept.text.contains("Profile: \(directory)/profile.txt"))
    }

    @Test func hooksComeInTheSameOrderAndWeightsAreTheSameBits() async throws {
        let folder = try Folder()
        let (plain, profiled) = (EveryHook(), EveryHook())
        let without = try await fit(nil, in: folder, callbacks: [plain, ModelCheckpoint()])
        let with = try await fit(.simple, in: folder, callbacks: [profiled, ModelCheckpoint()])
        #expect(plain.names == profiled.names)
        #expect(try bits(without.module) == bits(with.module))
        #expect(without.result.metrics == with.result.metrics)
        let directory = try #require(without.result.directory)
        #expect(!FileManager.default.fileExists(atPath: "\(directory)/profile.txt"))
    }

    @Test func everyHookIsHandedOnByTheProfiledCallback() throws {
        var source = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { source.deleteLastPathComponent() }
        source.appendPathComponent("Sources/KindlingTraining")
        func names(_ file: String, _ pattern: Regex<(Substring, Substring)>) throws -> Set<String> {
            let text = try String(contentsOf: source.appendingPathComponent(file), encoding: .utf8)
            return Set(text.matches(of: pattern).map { String($0.output.1) })
        }
        let member = try Regex("    (?:func|var) (\\w+)", as: (Substring, Substring).self)
        let declared = try names("Callbacks/Callback.swift", member)
        let handedOn = try names("Profiling/ProfiledCallback.swift", member)
        #expect(declared.count > 25)
        #expect(declared.subtracting(handedOn).isEmpty)
    }

    @Test func runThatFailsIsProfiledUpToThere() async throws {
        let folder = try Folder()
        var options = options(in: folder)
        options.profiler = .simple
        options.runDirectory = .existing(folder.path)
        let module = Scripted { net, batch, context in
            if context.step == 1 { throw Mishap() }
            return net(batch.inputs).sum()
        }
        let error = await #expect(throws: Mishap.self) {
            _ = try await Trainer(limit: .epochs(1), options: options).fit(module, data: Points())
        }
        #expect(error != nil)
        let figures = try decoded(Figures.self, "\(folder.path)/profile.json")
        #expect(figures.parts.first { $0.name == "optimizer" }?.count == 1)
    }
}
