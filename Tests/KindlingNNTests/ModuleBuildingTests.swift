// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

private func lazyNet() -> Sequential {
    Sequential {
        Conv2D(out: 6, kernelSize: 3, groups: 3); ReLU(); Flatten(); Linear(out: 5); ReLU(); Linear(out: 2, bias: false)
    }
}

private func toldNet() -> Sequential {
    Sequential {
        Conv2D(3, 6, kernelSize: 3, groups: 3)
        ReLU()
        Flatten()
        Linear(6 * 4 * 4, 5)
        ReLU()
        Linear(5, 2, bias: false)
    }
}

/// The code of the error that `body` throws, nil for none.
private func code(_ body: () throws -> Void) -> TensorError.Code? {
    do { try withTensorErrors(body) } catch { return (error as? TensorError)?.code }
    return nil
}

/// Layers that take sizes from their first input.
@Suite struct ModuleBuildingTests {
    @Test func theFirstInputDecidesShapes() throws {
        let net = lazyNet()
        #expect(!net.isFullyBuilt)
        #expect(net.parameterCount == 0)
        let output = try withTensorErrors { net(.ones([2, 3, 6, 6])) }
        #expect(output.shape == [2, 2])
        #expect(net.isFullyBuilt)
        #expect(net.parameters.map(\.shape) == toldNet().parameters.map(\.shape))
    }

    @Test func toldOrTakenSizesGiveTheSameBits() throws {
        func values(_ net: Sequential) throws -> [[Float]] { try net.parameters.map { try $0.value.array() } }
        let told = toldNet()
        told.initialize(seed: 9)
        let built = lazyNet()
        try built.build(inputShape: [1, 3, 6, 6])
        built.initialize(seed: 9)
        #expect(try values(built) == values(told))
        let called = lazyNet()
        called.initialize(seed: 9)  // before there are shapes
        _ = try withTensorErrors { called(.ones([2, 3, 6, 6])) }
        #expect(try values(called) == values(told))
    }

    @Test func buildingDrawsNothing() throws {
        let net = lazyNet()
        try net.build(inputShape: [7, 3, 6, 6])
        #expect(net.parameters.allSatisfy { $0.isBuilt && !$0.isInitialized })
        #expect(net.parameterCount == toldNet().parameterCount)
        try net.build(inputShape: [1, 1])  // built already: nothing to decide
    }

    @Test func aShapeThatDoesNotFitBuildsNothing() throws {
        let net = lazyNet()
        #expect(code { try net.build(inputShape: [1, 4, 6, 6]) } == .invalidValue)
        #expect(code { try net.build(inputShape: [1, 3, 6]) } == .shapeMismatch)
        let late = Sequential {
            Linear(out: 4); Linear(5, 3); Linear(out: 1)
        }
        #expect(code { try late.build(inputShape: [1, 2]) } == .shapeMismatch)
        #expect(late.parameters.map(\.isBuilt) == [false, false, true, true, false, false])
        let last = Sequential {
            Linear(out: 4); Linear(5, 3)
        }
        #expect(code { try last.build(inputShape: [1, 2]) } == .shapeMismatch)
        #expect(!last.isFullyBuilt)
        try last.build(tolerant: true) { _ = last(.zeros([1, 2], on: .meta)) }
        #expect(last.isFullyBuilt)
        #expect(code { try Linear(out: 3).build(inputShape: []) } == .shapeMismatch)
    }

    @Test func whatIsNotBuiltIsAnErrorAndNoTrap() throws {
        let layer = Linear(out: 3)
        #expect(code { _ = layer.weight.value } == .notBuilt)
        #expect(code { layer.weight.value = .zeros([3, 2]) } == .notBuilt)
        #expect(code { try layer.requireBuilt() } == .notBuilt)
        #expect(code { _ = try OptimizerUpdate(parameters: layer.parameters, slotCount: 1) } == .notBuilt)
        #expect(code { _ = Buffer().value } == .notBuilt)
        #expect(layer.kerasWeights.allSatisfy { $0.stored == nil })
        #expect(layer.namedParameters.map(\.name) == ["weight", "bias"])
    }

    @Test func theResultOfAFailureDecidesNothing() throws {
        let layer = Linear(out: 3)
        let mistake = TensorError(.deviceFailure, operation: "test", "a failure whose result has a shape")
        let failed = TensorSpec(shape: [2, 5], dtype: .float32)
        #expect(code { _ = layer(.failed(mistake, failed)) } == .deviceFailure)
        #expect(!layer.isBuilt)
    }

    @Test func buffersTakeShapesToo() throws {
        let buffer = Buffer()
        buffer.build([2], filledWith: 3)
        #expect(withDevice(.meta) { buffer.value.shape } == [2])
        #expect(try buffer.value.array(of: Float.self) == [3, 3])
        buffer.build([5])
        #expect(buffer.shape == [2])
    }
}
