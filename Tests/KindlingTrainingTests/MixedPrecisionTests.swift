// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingData
import KindlingDeclarations
import KindlingEngine
import KindlingIO
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

/// Runs in bfloat16 and float16 with float32 masters.
@Suite struct MixedPrecisionTests {
    /// What PyTorch's `GradScaler` did, see `make_loss_scales.py`.
    struct Trace: Decodable {
        let interval: Int
        /// Step, scale and growth tracker, wherever the scale changed.
        let changes: [[Double]]
        let tracker: Int
    }

    private func traces(from source: String = #filePath) throws -> [String: Trace] {
        let folder = URL(fileURLWithPath: source).deletingLastPathComponent()
        return try JSONDecoder().decode(
            [String: Trace].self, from: Data(contentsOf: folder.appendingPathComponent("Fixtures/loss_scales.json")))
    }

    @Test(arguments: ["standard", "quick", "growing"])
    func lossScaleMovesAsPyTorchsDoes(_ name: String) throws {
        let trace = try #require(try traces()[name])
        var scale = LossScale(growthInterval: trace.interval)
        var changes: [[Double]] = []
        for step in 0..<1000 {
            let isBad = name != "growing" && (step % 97 == 13 || step * 7919 % 101 < 3)
            scale.update(isFinite: !isBad)
            if changes.last?[1] != Double(scale.scale) {
                changes.append([Double(step), Double(scale.scale), Double(scale.growthTracker)])
            }
        }
        #expect(changes == trace.changes)
        #expect(scale.growthTracker == trace.tracker)
    }

    @Test func infiniteGradientsAreDroppedAndOthersComeBackUnscaled() throws {
        let weight = Parameter(Tensor([1.0, 2.0]))
        var scaling = GradientScaling(LossScale(1024))
        try scaling.scaled((weight.value * 3.0).sum()).backward()
        #expect(try scaling.unscale([weight]))
        #expect(try weight.gradient?.array(of: Float.self) == [3, 3])
        weight.gradient = Tensor([1.0, -.infinity])
        #expect(try !scaling.unscale([weight]))
        #expect(weight.gradient == nil)
        #expect([scaling.state.scale, Float(scaling.state.skippedSteps)] == [512, 1])
    }

    @Test(arguments: [Precision.bfloat16Mixed, .float16Mixed])
    func mastersAndCheckpointsAreFloat32AndResumeGivesTheSameBits(_ precision: Precision) async throws {
        let folder = try Folder()
        var settings = options(in: folder)
        settings.precision = precision
        settings.lossScale = LossScale(growthInterval: 3)
        let whole = Classifier(.adam(learningRate: 0.02))
        let expected = try await Trainer(limit: .epochs(3), callbacks: [ModelCheckpoint()], options: settings)
            .fit(whole, data: Points())
        let directory = try #require(expected.directory)
        for dataset in try HDF5Reader(path: "\(directory)/checkpoints/last.h5").datasets() {
            if case .tensor(let dtype, _) = dataset.content, !dataset.path.hasPrefix("kindling/metrics") {
                #expect(dtype == .float32, "\(dataset.path)")
            }
        }

        let interruption = Interruption()
        let interrupted = try await Trainer(
            limit: .epochs(3), callbacks: [ModelCheckpoint(), After(step: 8) { _ in interruption.request() }],
            options: settings, interruption: interruption
        ).fit(Classifier(.adam(learningRate: 0.02)), data: Points())
        let resumed = Classifier(.adam(learningRate: 0.02))
        let path = "\(try #require(interrupted.directory))/checkpoints/last.h5"
        let result = try await Trainer(limit: .epochs(3), callbacks: [ModelCheckpoint()], options: settings)
            .fit(resumed, data: Points(), resumingFrom: Checkpoint(path: path))
        #expect(try bits(resumed) == bits(whole))
        #expect(result.metrics == expected.metrics)
        let isScaled = precision == .float16Mixed
        #expect((result.metrics["loss_scale"] != nil) == isScaled)
        #expect((result.metrics["skipped_steps"] != nil) == isScaled)
    }

    @Test func lossThatIsNeverFiniteEndsTheRunWithAdvice() async throws {
        let folder = try Folder()
        var settings = options(in: folder)
        settings.precision = .float16Mixed
        let module = Scripted { net, batch, _ in net(batch.inputs).sum() * Double.infinity }
        let text = await message(folder) {
            _ = try await Trainer(limit: .epochs(20), options: settings).fit(module, data: Points())
        }
        #expect(text?.contains("after 37 skipped steps") == true, "\(text ?? "nothing")")
    }

    @Test func deviceThatMultipliesNoHalfTypeIsToldOnce() async throws {
        let folder = try Folder()
        let kept = Kept()
        var settings = options(in: folder, console: kept.console())
        settings.precision = .float16Mixed
        _ = try await Trainer(limit: .epochs(2), options: settings).fit(Classifier(), data: Points())
        let told = kept.text.split(separator: "\n").filter { $0.contains("will not be faster than float32") }
        #expect(told.count == 1)
    }

    @Test func policyForAnUnknownOperationIsRefusedWithTheNearestName() async throws {
        let folder = try Folder()
        var policy = PrecisionPolicy(.bfloat16)
        policy["batchNormalised"] = .half
        var settings = options(in: folder)
        settings.precision = .mixed(policy)
        let told = await message(folder) {
            _ = try await Trainer(limit: .epochs(1), options: settings).fit(Classifier(), data: Points())
        }
        #expect(
            told == """
                the precision policy has a rule for 'batchNormalised', which no operation is called; \
                write 'batchNormalized'
                """)
    }

    @Test func recipesSpellFormatsInTwoWays() {
        #expect(Precision.fieldType == .choice(["float32", "bf16-mixed", "fp16-mixed", "float64", "f32", "f64"]))
        #expect(
            [Precision.float32, .bfloat16Mixed, .float16Mixed, .float64].map(\.recipeText)
                == ["float32", "bf16-mixed", "fp16-mixed", "float64"])
    }
}
