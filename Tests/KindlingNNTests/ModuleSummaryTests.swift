// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// A scaled perceptron with work of its own.
private final class Scaled: Layer {
    let scale = Parameter([3, 3], .ones)
    let inner = Linear(2, 3)
    func forward(_ input: Tensor) -> Tensor { inner(input).matmul(scale.value) }
}

/// Shapes, counts and costs without computing.
@Suite struct ModuleSummaryTests {
    private static func net() -> Sequential {
        Sequential {
            Conv2D(3, 16, kernelSize: 3, stride: 2, padding: 1)
            ReLU()
            Conv2D(out: 32, kernelSize: 3, groups: 4, bias: false)
            ReLU()
            Flatten()
            Linear(out: 10)
        }
    }

    @Test func operationsAreThoseOfPyTorchsCounter() throws {
        let net = ModuleSummaryTests.net()
        let summary = try net.summary(inputShape: [2, 3, 32, 32])
        // torch.utils.flop_counter.FlopCounterMode for the same layers and input.
        #expect(summary.rows.map(\.operations) == [442_368, 0, 903_168, 0, 0, 250_880])
        #expect(summary.operations == 1_596_416)
    }

    @Test func shapesAndParametersAreTheModules() throws {
        let net = ModuleSummaryTests.net()
        net.layers[0].freeze()
        let summary = try net.summary(inputShape: [2, 3, 32, 32])
        #expect(summary.rows.map(\.path) == ["0", "1", "2", "3", "4", "5"])
        #expect(summary.rows.map(\.type) == ["Conv2D", "ReLU", "Conv2D", "ReLU", "Flatten", "Linear"])
        let shapes: [Shape?] = [
            [2, 16, 16, 16], [2, 16, 16, 16], [2, 32, 14, 14], [2, 32, 14, 14], [2, 6272], [2, 10],
        ]
        #expect(summary.rows.map(\.outputShape) == shapes)
        #expect(summary.rows.map(\.parameters) == [448, 0, 1152, 0, 0, 62730])
        #expect(summary.frozenParameters == 448)
        #expect(summary.trainableParameters == 63882)
        #expect(summary.stateBytes == 4 * 64330)
    }

    @Test func activationsAreTheBytesOfResults() throws {
        let rows = try ModuleSummaryTests.net().summary(inputShape: [2, 3, 32, 32]).rows
        #expect(rows.map(\.activationBytes) == [32768, 32768, 50176, 50176, 0, 80])
    }

    @Test func workOfTheWholeItselfHasARow() throws {
        let summary = try Scaled().summary(inputShape: [4, 2])
        #expect(summary.rows.map(\.path) == ["", "inner"])
        #expect(summary.rows.map(\.operations) == [2 * 4 * 3 * 3, 2 * 4 * 2 * 3])
        #expect(summary.trainableParameters == 18)
    }

    @Test func sharedWeightsCountOnce() throws {
        let layer = Linear(3, 3)
        let summary = try Sequential([layer, layer]).summary(inputShape: [1, 3])
        #expect(summary.rows.map(\.path) == ["0"])
        #expect(summary.trainableParameters == 12)
        #expect(summary.operations == 2 * 18)
    }

    @Test func nothingIsComputed() throws {
        let net = Sequential {
            Linear(out: 1 << 20); Linear(out: 1 << 20)
        }
        let summary = try net.summary(inputShape: [1 << 20, 1 << 20])
        #expect(summary.operations == 1 << 62)
        #expect(net.parameters.allSatisfy { !$0.isInitialized })
        let larger = try Sequential {
            Linear(out: 1 << 20); Linear(out: 1 << 20)
        }.summary(inputShape: [1 << 22, 1 << 20])
        #expect(larger.operations == .max)
    }

    @Test func aShapeThatDoesNotFitIsAnError() {
        #expect(throws: TensorError.self) { try ModuleSummaryTests.net().summary(inputShape: [2, 4, 32, 32]) }
        #expect(throws: TensorError.self) { try Linear(out: 3).summary(inputShape: [-1, 2]) }
    }

    @Test func theTableIsAligned() throws {
        let net = Sequential {
            Linear(784, 1000); ReLU(); Linear(1000, 10)
        }
        net.layers[2].freeze()
        #expect(
            try net.summary(inputShape: [64, 784]).description == """
                Layer  Type    Output      Parameters        FLOPs  Activations
                ───────────────────────────────────────────────────────────────
                0      Linear  [64, 1000]     785,000  100,352,000     256.0 kB
                1      ReLU    [64, 1000]                              256.0 kB
                2      Linear  [64, 10]       10,010*    1,280,000       2.6 kB
                ───────────────────────────────────────────────────────────────
                795,010 parameters, 10,010 of them frozen (*), 3.2 MB with buffers
                101,632,000 floating-point operations and 514.6 kB of activations a pass
                """)
    }
}
