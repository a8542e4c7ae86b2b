// SPDX-License-Identifier: Apache-2.0
import KindlingData
import KindlingMetrics
import KindlingNN
import KindlingOptim
import Testing

@testable import KindlingTraining

/// Points that are their own targets.
private struct OwnTargets: DataModule {
    var name: String { "OwnTargets" }
    var info: DataInfo { Points().info }

    func setup() throws -> DataSplits {
        var splits = try Points().setup()
        splits.training = splits.training.map(turned)
        splits.validation = splits.validation.map(turned)
        return splits
    }

    private func turned(_ loader: DataLoader) -> DataLoader {
        DataLoader(ReconstructionDataset(loader.dataset), batchSize: loader.batchSize, sampler: loader.sampler)
    }
}

@Suite struct AuxiliaryLossTests {
    @Test func whatAModelAddsIsLearnedFromAndLogged() async throws {
        let folder = try Folder()
        let module = SupervisedModule(
            VAE(2, hidden: [8], latent: 1, beta: 2), loss: MeanSquaredError(), metrics: [MSE()],
            optimizer: .adam(learningRate: 1e-2))
        let result = try await Trainer(limit: .epochs(3), options: options(in: folder)).fit(module, data: OwnTargets())
        for prefix in ["", "val_"] {
            let loss = try #require(result.metrics["\(prefix)loss"]), kl = try #require(result.metrics["\(prefix)kl"])
            let error = try #require(result.metrics["\(prefix)mse"])
            #expect(kl > 0)
            #expect(abs(loss - error - kl) < 1e-5, "\(prefix)\(loss) \(error) \(kl)")
        }
        // The divergence alone draws the map to the variance towards zero.
        let first = try #require(result.history.first?.metrics["val_kl"])
        #expect(try #require(result.metrics["val_kl"]) < first)
    }
}
