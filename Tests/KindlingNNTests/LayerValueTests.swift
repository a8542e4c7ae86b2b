// SPDX-License-Identifier: Apache-2.0
import Glibc
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

private let expectations = fixtures("layers", of: [Double].self)

private func ramp(_ shape: Shape) -> Tensor {
    Tensor((0..<shape.elementCount).map { sin(1.3 * Double($0)) }, shape: shape)
}

/// Layers and losses with PyTorch's weights give PyTorch's numbers.
@Suite struct LayerValueTests {
    private func expect(_ name: String, _ tensor: @autoclosure () -> Tensor) throws {
        let expected = try #require(expectations[name])
        let found = try withTensorErrors { tensor() }.array(of: Double.self)
        #expect(found.count == expected.count)
        for (value, wanted) in zip(found, expected) { #expect(abs(value - wanted) < 1e-9, "\(name): \(found)") }
    }

    @Test func linear() throws {
        let layer = Linear(4, 3)
        layer.weight.value = ramp([3, 4])
        layer.bias?.value = ramp([3])
        try expect("linear", layer(ramp([2, 4])))
    }

    @Test func convolution() throws {
        let layer = Conv2D(4, 6, kernelSize: 3, stride: 2, padding: 1, groups: 2)
        layer.weight.value = ramp([6, 2, 3, 3])
        layer.bias?.value = ramp([6])
        try expect("conv2d", layer(ramp([2, 4, 5, 5])))
    }

    @Test func poolings() throws {
        try expect("maxpool", MaxPool2D(3, stride: 2, padding: 1)(ramp([1, 2, 6, 6])))
        try expect("averagepool", AveragePool2D(2)(ramp([1, 2, 6, 6])))
    }

    @Test func activations() throws {
        try expect("gelu", GELU()(ramp([6])))
        try expect("gelu tanh", GELU(approximate: true)(ramp([6])))
        try expect("silu", SiLU()(ramp([6])))
    }

    @Test func losses() throws {
        let (logits, classes) = (ramp([4, 3]), Tensor([2, 0, 1, 2]))
        try expect("cross entropy", CrossEntropy()(logits, classes))
        try expect("cross entropy smooth", CrossEntropy(smoothing: 0.2)(logits, classes))
        try expect("cross entropy ignored", CrossEntropy(ignoredClass: 2)(logits, classes))
        try expect("mse", MeanSquaredError()(ramp([3, 2]), ramp([3, 2]) * 0.5))
    }

    @Test func lossesOfOtherShapesAreErrors() {
        #expect(throws: TensorError.self) {
            try withTensorErrors { meanSquaredError(.zeros([4, 1]), .zeros([4])) }
        }
    }
}
