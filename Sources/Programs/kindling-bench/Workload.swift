// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

/// What can be timed.
///
/// Names, models and batches are those of the peers' scripts.
enum Workload: String, CaseIterable, ExpressibleByArgument {
    case irisMLP = "iris_mlp"
    case mnistMLP = "mnist_mlp"
    case mnistCNN = "mnist_cnn"
    case cifarResNet18 = "cifar_resnet18"
    case charGPT = "char_gpt"
    case rowLSTM = "row_lstm"

    func make() -> TimedStep {
        var stream = RandomStream(seed: 0)["bench"]
        switch self {
        case .irisMLP:
            return TimedStep(
                model: MLP(4, hidden: [16, 16], 3), inputs: .normal([16, 4], from: &stream),
                targets: TimedStep.classes(16, of: 3, from: &stream), steps: 3000)
        case .mnistMLP:
            return TimedStep(
                model: MLP(784, hidden: [256, 128], 10), inputs: .normal([64, 1, 28, 28], from: &stream),
                targets: TimedStep.classes(64, of: 10, from: &stream), steps: 1500)
        case .mnistCNN:
            let model = Sequential {
                Conv2D(1, 32, kernelSize: 3)
                ReLU()
                Conv2D(32, 64, kernelSize: 3)
                ReLU()
                MaxPool2D(2)
                Dropout(rate: 0.25)
                Flatten()
                Linear(9216, 128)
                ReLU()
                Dropout(rate: 0.5)
                Linear(128, 10)
            }
            return TimedStep(
                model: model, inputs: .normal([64, 1, 28, 28], from: &stream),
                targets: TimedStep.classes(64, of: 10, from: &stream), steps: 60)
        case .cifarResNet18:
            return TimedStep(
                model: ResNet(depth: 18, numClasses: 10, stem: .cifar),
                inputs: .normal([64, 3, 32, 32], from: &stream),
                targets: TimedStep.classes(64, of: 10, from: &stream), steps: 6,
                rule: SGD(learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4))
        case .charGPT:
            return TimedStep(
                model: GPT(vocabularySize: 65, blockSize: 64, layers: 4, heads: 4, width: 128, tiedHead: false),
                inputs: TimedStep.classes(12, 64, of: 65, from: &stream),
                targets: TimedStep.classes(12, 64, of: 65, from: &stream), steps: 150, itemsPerSample: 64,
                rule: AdamW(learningRate: 1e-3))
        case .rowLSTM:
            return TimedStep(
                model: LSTMClassifier(28, hidden: 128, numClasses: 10, layers: 2),
                inputs: .normal([64, 28, 28], from: &stream),
                targets: TimedStep.classes(64, of: 10, from: &stream), steps: 60)
        }
    }
}

/// A model, one batch, and how often to take the step.
struct TimedStep {
    let model: any Layer
    let inputs: Tensor
    let targets: Tensor
    let steps: Int
    /// What a sample counts for in the items a second: 64 for a text of 64 tokens.
    var itemsPerSample = 1
    var rule: any OptimizerRule = Adam(learningRate: 1e-3)

    /// The loss of the batch: one class a row, or one class for each place of a sequence `[N, T, C]`.
    func loss() -> Tensor {
        let outputs = model(inputs)
        guard outputs.shape.rank > 2 else { return crossEntropy(outputs, targets) }
        return crossEntropy(outputs.reshaped(to: [-1, outputs.shape.last]), targets.reshaped(to: [-1]))
    }

    static func classes(_ sizes: Int..., of classes: Int, from stream: inout RandomStream) -> Tensor {
        Tensor.uniform(Shape(sizes), low: 0, high: Double(classes), from: &stream).converted(to: .int64)
    }
}
