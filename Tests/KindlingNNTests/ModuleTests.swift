// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

private final class Everything: Module {
    let direct = Parameter(Tensor.zeros([1]))
    let maybe: Parameter? = Parameter(Tensor.zeros([2]))
    let nothing: Parameter? = nil
    let listed = [Linear(1, 1, bias: false), Linear(1, 2, bias: false)]
    let named: [String: any Layer] = ["b": Linear(2, 1, bias: false), "a": ReLU()]
    let statistics = Buffer(Tensor.zeros([3]))
    let number = 7
    let text = "not a member"
}

private final class Shared: Module {
    let first: Linear
    let second: Linear
    init() {
        first = Linear(2, 2, bias: false)
        second = first
    }
}

private final class Encoder: Layer {
    let layers = [Linear(4, 8), Linear(9, 4)]
    func forward(_ input: Tensor) -> Tensor { layers.reduce(input) { $1($0) } }
}

private final class Whole: Layer {
    let encoder = Encoder()
    func forward(_ input: Tensor) -> Tensor { encoder(input) }
}

@Suite struct ModuleTests {
    @Test func membersAreFoundInStoredProperties() {
        let module = Everything()
        #expect(
            module.namedParameters.map(\.name) == [
                "direct", "maybe", "listed.0.weight", "listed.1.weight", "named.b.weight",
            ])
        #expect(module.namedBuffers.map(\.name) == ["statistics"])
        #expect(module.namedModules.map(\.name) == ["listed.0", "listed.1", "named.a", "named.b"])
    }

    @Test func aSharedParameterCountsOnce() {
        #expect(Shared().namedParameters.map(\.name) == ["first.weight"])
        #expect(Shared().parameterCount == 4)
    }

    @Test func countsEqualThePublishedOnes() {
        #expect(MLP(784, hidden: [256, 128], 10).parameterCount == 235_146)
        let net = Sequential {
            Conv2D(1, 32, kernelSize: 3)
            Conv2D(32, 64, kernelSize: 3)
            Flatten()
            Linear(9216, 128)
            Linear(128, 10)
        }
        #expect(net.parameterCount == 1_199_882)
        #expect(net.namedParameters.first?.name == "0.weight")
    }

    @Test func theBuilderTakesConditionsAndLoops() {
        func make(_ deep: Bool) -> Sequential {
            Sequential {
                Linear(2, 2)
                if deep {
                    for _ in 0..<3 { ReLU() }
                } else {
                    Tanh()
                }
                if deep { Flatten() }
            }
        }
        #expect(
            make(true).layers.map { String(describing: type(of: $0)) } == ["Linear", "ReLU", "ReLU", "ReLU", "Flatten"])
        #expect(make(false).layers.count == 2)
    }

    @Test func weightsFollowFromSeedAndNameAlone() throws {
        let first = MLP(4, hidden: [3], 2)
        _ = MLP(7, hidden: [5], 2)  // What else is built must not matter.
        let second = MLP(4, hidden: [3], 2)
        let other = MLP(4, hidden: [3], 2)
        first.initialize(seed: 1)
        second.initialize(seed: 1)
        other.initialize(seed: 2)
        func weights(_ model: MLP) throws -> [[Float]] { try model.parameters.map { try $0.value.array() } }
        #expect(try weights(first) == weights(second))
        #expect(try weights(first) != weights(other))
    }

    @Test func linearBeginsWithinItsBound() throws {
        let layer = Linear(100, 50)
        layer.initialize(seed: 3)
        let weights: [Float] = try layer.weight.value.array()
        #expect(weights.allSatisfy { abs($0) <= 0.1 })
        let mean = weights.reduce(0, +) / Float(weights.count)
        let square = weights.map { $0 * $0 }.reduce(0, +) / Float(weights.count)
        #expect(abs(mean) < 0.005)
        #expect(abs(square - 0.01 / 3) < 0.0003)
    }

    @Test func errorsNameTheModule() {
        let error = #expect(throws: TensorError.self) {
            try withTensorErrors {
                ForwardContext.run(.evaluation, random: RandomStream(seed: 0)) { Whole()(Tensor.zeros([2, 4])) }
            }
        }
        #expect(error?.modulePath == "encoder.layers.1")
        #expect(error?.operation == "linear")
    }

    @Test func frozenParametersGetNoGradient() throws {
        let net = Sequential {
            Linear(2, 3); Linear(3, 1)
        }
        net.layers[0].freeze()
        try net(Tensor.ones([4, 2])).sum().backward()
        #expect(net.parameters.map { $0.gradient != nil } == [false, false, true, true])
        net.clearGradients()
        #expect(net.parameters.allSatisfy { $0.gradient == nil })
    }
}
