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
        }
    }
}

/// A model, one batch, and how often to take the step.
struct TimedStep {
    let model: any Layer
    let inputs: Tensor
    let targets: Tensor
    let steps: Int

    static func classes(_ count: Int, of classes: Int, from stream: inout RandomStream) -> Tensor {
        Tensor.uniform([count], low: 0, high: Double(classes), from: &stream).converted(to: .int64)
    }
}
