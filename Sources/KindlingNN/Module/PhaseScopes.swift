// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

extension Layer {
    /// The result for an input when nothing is learned: in the phase `evaluation`, without gradients.
    ///
    /// Whatever the phase around it, it is back afterwards: there is no switch that could be forgotten.
    ///
    ///     let classes = try net.predict(images).argmax(along: 1)
    /// - Throws: the first `TensorError` inside.
    public func predict(_ input: Tensor) throws -> Tensor {
        try withTensorErrors { inEvaluation { noGrad { self(input) } } }
    }
}

extension Module {
    /// Runs `body` with dropout off and running statistics in use, whatever the phase around it; that is back after.
    public func inEvaluation<Result>(_ body: () throws -> Result) rethrows -> Result {
        try ForwardContext.run(.evaluation, random: RandomStream(seed: 0)["evaluation"], body)
    }

    /// Runs `body` as a step of training: dropout drops, statistics of the batch count.
    ///
    /// For loops of your own; a `Trainer` does this for every batch. Outside such a scope the phase is `evaluation`.
    ///
    ///     let loss = net.inTraining(step: step) { crossEntropy(net(x), y) }
    /// - Parameters:
    ///   - step: The step's number; what is dropped follows from it and the seed.
    ///   - seed: The run's.
    public func inTraining<Result>(step: Int, seed: UInt64 = 0, _ body: () throws -> Result) rethrows -> Result {
        try ForwardContext.run(.training, random: RandomStream(seed: seed)["step"][step], step: step, body)
    }
}
