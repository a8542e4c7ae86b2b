// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

private final class Net: Layer {
    let encoder = [Linear(2, 3), Linear(3, 2)]
    let scale = Buffer(Tensor.ones([2]))
    func forward(_ input: Tensor) -> Tensor { encoder[1](encoder[0](input)) * scale.value }
}

private func numbers(_ module: some Module) throws -> [[Float]] {
    try module.stateDictionary().map { try $0.value.array() }
}

/// Taking values out of a module and giving them to another.
@Suite struct ModuleStateTests {
    @Test func theStateHasEveryNameInOrder() throws {
        let state = try Net().stateDictionary()
        #expect(
            state.map(\.name) == [
                "encoder.0.weight", "encoder.0.bias", "encoder.1.weight", "encoder.1.bias", "scale",
            ])
        #expect(state.map(\.value.shape) == [[3, 2], [3], [2, 3], [2], [2]])
    }

    @Test func aLoadedStateGivesTheSameOutputs() throws {
        let (first, second) = (Net(), Net())
        first.initialize(seed: 1)
        second.initialize(seed: 2)
        first.scale.value = Tensor([3.0, 4])
        try second.load(stateDictionary: first.stateDictionary().reversed())
        #expect(try numbers(second) == numbers(first))
    }

    @Test func everyDifferenceIsNamedAtOnceAndNothingChanges() throws {
        let net = Net()
        let before = try numbers(net)
        var state = try net.stateDictionary()
        state.removeFirst()
        state[1].value = .zeros([2, 4])
        state.append(("head.weight", .zeros([1])))
        let error = #expect(throws: StateDictionaryError.self) { try net.load(stateDictionary: state) }
        #expect(error?.missing == ["encoder.0.weight"])
        #expect(error?.unexpected == ["head.weight"])
        #expect(error?.misshaped == [.init(name: "encoder.1.weight", expected: [2, 3], found: [2, 4])])
        #expect(
            error?.description == """
                the state is of another module:
                  - 'encoder.0.weight' is missing
                  - 'head.weight' has no place in the module
                  - 'encoder.1.weight' has the shape [2, 4], in the module [2, 3]
                """)
        let other = #expect(throws: StateDictionaryError.self) { try net.load(stateDictionary: state, strict: false) }
        #expect(other?.misshaped.map(\.name) == ["encoder.1.weight"])
        #expect(try numbers(net) == before)
    }

    @Test func whatIsOnBothSidesIsTakenWhenNotStrict() throws {
        let net = Net()
        let difference = try net.load(
            stateDictionary: [("scale", Tensor([7.0, 8])), ("other", .zeros([1]))], strict: false)
        #expect(difference.unexpected == ["other"])
        #expect(difference.missing.count == 4)
        #expect(try net.scale.value.array(of: Float.self) == [7, 8])
    }

    @Test func typesAreTheModules() throws {
        let net = Net()
        try net.load(stateDictionary: net.stateDictionary().map { ($0.name, $0.value.converted(to: .float64)) })
        #expect(net.parameters.allSatisfy { $0.dtype == .float32 })
        #expect(net.scale.dtype == .float32)
    }

    @Test func whatIsNotBuiltTakesTheShapeThatComes() throws {
        let told = Linear(3, 2)
        let taken = Linear(out: 2)
        try taken.copyState(from: told)
        #expect(taken.isFullyBuilt)
        #expect(try numbers(taken) == numbers(told))
        let unbuilt = Linear(out: 2)
        #expect(throws: TensorError.self) { _ = try unbuilt.stateDictionary() }
    }

    @Test func aCopyLearnsOnItsOwn() throws {
        let net = Net()
        net.encoder[0].freeze()
        let copy = try net.copied { Net() }
        #expect(copy.parameters.map(\.isFrozen) == [true, true, false, false])
        let before = try numbers(net)
        #expect(try numbers(copy) == before)
        try withTensorErrors { try copy(.ones([1, 2])).sum().backward() }
        var update = try OptimizerUpdate(parameters: copy.parameters, slotCount: 0)
        let rule = OptimizerStep.Rule.sgd(
            learningRate: 1, momentum: 0, dampening: 0, nesterov: false, weightDecay: 0, firstStep: true)
        try update.apply(rule, gradientScale: 1)
        #expect(try numbers(net) == before)
        #expect(try numbers(copy) != before)
    }

    @Test func groupsFollowAKey() throws {
        let net = Net()
        let groups = try net.weightDecayGroups()
        #expect(groups.map(\.key) == [true, false])
        #expect(
            groups.map { $0.parameters.map(\.name) } == [
                ["encoder.0.weight", "encoder.1.weight"], ["encoder.0.bias", "encoder.1.bias"],
            ])
        let rates = net.parameterGroups { name, _ in name.hasPrefix("encoder.1") ? 1e-2 : 1e-3 }
        #expect(rates.map(\.key) == [1e-3, 1e-2])
        #expect(rates.map(\.parameters.count) == [2, 2])
        #expect(throws: TensorError.self) { _ = try Linear(out: 2).weightDecayGroups() }
    }

    @Test func patternsFreezeWhatTheyName() throws {
        let net = Net()
        #expect(try net.freeze(matching: "encoder.*.bias") == 2)
        #expect(net.parameters.map(\.isFrozen) == [false, true, false, true])
        #expect(try net.unfreeze(matching: "encoder.1") == 2)
        #expect(net.parameters.map(\.isFrozen) == [false, true, false, false])
        let error = #expect(throws: TensorError.self) { try net.freeze(matching: "decoder") }
        #expect(error?.what == "no parameter is called 'decoder'")
    }

    @Test(arguments: [
        ("encoder", "encoder.layers.0.weight", true), ("encoder", "encoders.0.weight", false),
        ("encoder.layers.*.weight", "encoder.layers.10.weight", true),
        ("*.weight", "encoder.layers.0.weight", false), ("**.weight", "encoder.layers.0.weight", true),
        ("**.weight", "weight", true), ("**", "a.b", true), ("layer?", "layer1.bias", true),
        ("layer?", "layer10.bias", false), ("**.*norm*.**", "a.b.batchnorm2.weight", true), ("*", "a.b", true),
        ("", "a", false), ("a.b.c", "a.b", false), ("*a*b*", "xxaxxbxx", true), ("*a*b", "xxaxxbxx", false),
    ]) func namesMatchAsFileNamesDo(_ pattern: String, _ name: String, _ expected: Bool) {
        #expect(NamePattern(pattern).matches(name) == expected)
    }

    @Test func patternsOfManyStarsAreQuick() {
        let name = Array(repeating: String(repeating: "a", count: 40), count: 40).joined(separator: ".")
        let part = String(repeating: "*a", count: 20) + "b"
        #expect(!NamePattern(Array(repeating: "**.\(part)", count: 20).joined(separator: ".")).matches(name))
    }
}
