// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingData
import KindlingEngine
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

/// A network for ``Points`` that is told the sizes of its inputs, or takes them from the data.
private final class Net: TrainingModule {
    let net: Sequential
    init(isTold: Bool) {
        net =
            isTold
            ? Sequential {
                Linear(2, 8); ReLU(); Linear(8, 3)
            }
            : Sequential {
                Linear(out: 8); ReLU(); Linear(out: 3)
            }
    }

    func trainingStep(_ batch: Batch, _ context: StepContext) throws -> Tensor {
        let loss = crossEntropy(net(batch.inputs), batch.targets)
        // Reading a value keeps nothing from being built.
        context.log("loss", try loss.item())
        return loss
    }

    func predictStep(_ batch: Batch, _ context: StepContext) throws -> Tensor { net(batch.inputs) }
}

/// The Trainer decides shapes that wait for an input before it needs parameters.
@Suite struct ModelBuildingTests {
    @Test func takenSizesTrainToTheSameBitsAsToldOnes() async throws {
        func weights(_ module: Net) async throws -> [[Float]] {
            let result = try await Trainer(limit: .epochs(2)).fit(module, data: Points())
            #expect(result.steps == 12)
            return try module.parameters.map { try $0.value.array() }
        }
        #expect(try await weights(Net(isTold: false)) == weights(Net(isTold: true)))
    }

    @Test func whatNothingBuildsIsNamed() async throws {
        final class Unused: TrainingModule {
            let used = Linear(out: 3)
            let unused = Linear(out: 3)
            func trainingStep(_ batch: Batch, _ context: StepContext) throws -> Tensor {
                crossEntropy(used(batch.inputs), batch.targets)
            }
        }
        let error = await #expect(throws: TensorError.self) {
            try await Trainer(limit: .epochs(1)).fit(Unused(), data: Points())
        }
        #expect(error?.code == .notBuilt)
        #expect(error?.what.contains("'unused.weight'") == true)
    }
}
