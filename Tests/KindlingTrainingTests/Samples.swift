// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingData
import KindlingEngine
import KindlingIO
import KindlingNN
import KindlingOptim
import Synchronization

@testable import KindlingTraining

/// Points in the plane of three classes, made of whole numbers so that every machine has the same.
struct Points: DataModule {
    var training = 22
    var validation = 6
    var batchSize = 4
    var shuffle = true
    var dropLast = false
    var fingerprint = "points"

    var name: String { "Points" }
    var info: DataInfo {
        DataInfo(inputShape: [2], sampleCounts: SampleCounts(training: training, validation: validation))
    }

    func setup() throws -> DataSplits {
        DataSplits(
            training: training == 0 ? nil : try loader(training, first: 0, shuffle: shuffle),
            validation: validation == 0 ? nil : try loader(validation, first: 100, shuffle: false),
            fingerprint: fingerprint)
    }

    private func loader(_ count: Int, first: Int, shuffle: Bool) throws -> DataLoader {
        let numbers = first..<(first + count)
        let features: [Float] = numbers.flatMap { number -> [Float] in
            let first = Float(number * 7 % 11) / 11 - 0.5
            let second = Float(number * 5 % 13) / 13 - 0.5
            return [first, second]
        }
        let dataset = try TensorDataset(
            features: Tensor(features, shape: [count, 2]), targets: Tensor(numbers.map { $0 % 3 }))
        return DataLoader(dataset, batchSize: batchSize, shuffle: shuffle, dropLast: dropLast)
    }
}

/// A network for ``Points``, with everything in it that draws random numbers.
final class Classifier: TrainingModule {
    let net = Sequential {
        Linear(2, 8)
        ReLU()
        Dropout(rate: 0.3)
        Linear(8, 3)
    }
    private let plan: OptimizerPlan

    init(_ plan: OptimizerPlan = .sgd(learningRate: 0.1, momentum: 0.9)) { self.plan = plan }

    func trainingStep(_ batch: Batch, _ context: StepContext) throws -> Tensor {
        let loss = crossEntropy(net(batch.inputs), batch.targets)
        context.log("loss", loss)
        return loss
    }

    func predictStep(_ batch: Batch, _ context: StepContext) throws -> Tensor { net(batch.inputs) }

    func configureOptimizers() -> OptimizerPlan { plan }
}

/// A linear map with a step of the test's own.
final class Scripted: TrainingModule {
    let net = Linear(2, 3)
    private let step: (Linear, Batch, StepContext) throws -> Tensor

    init(_ step: @escaping (Linear, Batch, StepContext) throws -> Tensor) { self.step = step }

    func trainingStep(_ batch: Batch, _ context: StepContext) throws -> Tensor { try step(net, batch, context) }
}

/// Options of a run in a folder of the test's.
func options(in folder: Folder, seed: UInt64 = 42, console: Console = .silent) -> TrainerOptions {
    TrainerOptions(seed: seed, runDirectory: .new(in: folder.path), console: console)
}

/// Every bit of a module's parameters.
func bits(_ module: any Module) throws -> [String: [UInt32]] {
    try module.namedParameters.reduce(into: [:]) {
        $0[$1.name] = try $1.parameter.value.array(of: Float.self).map(\.bitPattern)
    }
}

/// Every bit of the tensors in a file, by place.
func tensors(_ path: String) throws -> [String: [UInt8]] {
    let file = try HDF5Reader(path: path)
    var result: [String: [UInt8]] = [:]
    for dataset in try file.datasets() {
        if case .tensor = dataset.content { result[dataset.path] = try file.read(dataset.path).bytes }
    }
    return result
}

/// The text of what is thrown, with a folder's path taken out; nil when nothing is.
func message(_ folder: Folder, _ body: () async throws -> Void) async -> String? {
    do { try await body() } catch { return "\(error)".replacingOccurrences(of: folder.path, with: "FOLDER") }
    return nil
}

/// A folder that goes away afterwards.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/kindling-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    // A folder left behind changes no result.
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }
}

/// A console that keeps what is printed.
final class Kept: Sendable {
    private let parts = Mutex<[String]>([])
    var text: String { parts.withLock { $0.joined() } }

    func console(isInteractive: Bool = false, width: Int = 80) -> Console {
        Console(isInteractive: isInteractive, width: width) { part in self.parts.withLock { $0.append(part) } }
    }
}

/// Does something of the test's own after some step.
final class After: Callback {
    private let step: Int
    private let action: (any RunControl) async throws -> Void

    init(step: Int, _ action: @escaping (any RunControl) async throws -> Void) {
        self.step = step
        self.action = action
    }

    func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws {
        if run.progress.step == step { try await action(run) }
    }
}

/// A mistake of the test's own.
struct Mishap: Error, CustomStringConvertible { let description = "mishap" }
