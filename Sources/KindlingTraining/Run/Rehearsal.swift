// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
internal import KindlingEngine
internal import KindlingNN
internal import KindlingOptim

extension Run {
    func rehearse(steps: Int, batchSize: Int?, _ body: (_ loss: Double) throws -> Bool) async throws {
        guard var loader = splits.training, progress.batch == 0 else {
            throw TrainingError(
                .badOption, "steps can be rehearsed only between epochs, with a training split",
                remedy: "rehearse in fitStarted, epochStarted or epochEnded")
        }
        if let batchSize { loader = loader.resized(to: batchSize) }
        let before = try Memory(of: self)
        do { try await rehearse(loader, steps, body) } catch {
            try before.giveBack(to: self)
            throw error
        }
        try before.giveBack(to: self)
    }

    private func rehearse(_ loader: DataLoader, _ steps: Int, _ body: (Double) throws -> Bool) async throws {
        let step = TrainingStep(run: self, loader: loader, callbacks: [])
        var pass = 0
        while progress.step < steps {
            var batches = loader.batches(epoch: pass, seed: progress.seed)
            var isEmpty = true
            progress.batch = 0
            while progress.step < steps, let batch = try batches.next() {
                isEmpty = false
                let loss = try await step.take(batch)
                guard try body(loss.item()) else { return }  // It has seen enough.
            }
            if isEmpty { return }  // No batch, no step.
            pass += 1
        }
    }
}

/// What a rehearsal changes, as it was before.
private struct Memory {
    private let parameters: [(parameter: Parameter, value: Tensor)]
    private let buffers: [(buffer: Buffer, value: Tensor)]
    private let optimizers: [(stepCount: Int, rate: Double, state: [String: Tensor])]
    private let progress: Progress
    private let fixedLearningRate: Double?
    private let factor: Double
    private let stage: Stage

    init(of run: Run) throws {
        parameters = run.module.parameters.map { ($0, $0.value.detached()) }
        buffers = run.module.namedBuffers.map { ($0.buffer, $0.buffer.value) }
        optimizers = run.optimizers.map {
            ($0.stepCount, $0.learningRate, Dictionary($0.state, uniquingKeysWith: { first, _ in first }))
        }
        progress = run.progress
        fixedLearningRate = run.fixedLearningRate
        factor = run.learningRateFactor
        stage = run.stage
        run.stage = .training
        // Steps are counted from the rehearsal's own beginning.
        run.progress = Progress(seed: progress.seed)
    }

    func giveBack(to run: Run) throws {
        try withTensorErrors {
            for (parameter, value) in parameters {
                parameter.value = value
                parameter.gradient = nil
            }
            for (buffer, value) in buffers { buffer.value = value }
            for (optimizer, before) in zip(run.optimizers, optimizers) {
                try optimizer.restore(stepCount: before.stepCount) { before.state[$0] }
                optimizer.learningRate = before.rate
            }
        }
        run.progress = progress
        run.fixedLearningRate = fixedLearningRate
        run.learningRateFactor = factor
        run.stage = stage
        run.trainingMeans.clear()
        run.stepMeans.clear()
    }
}
