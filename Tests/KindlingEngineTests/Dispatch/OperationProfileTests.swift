// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import Testing

@testable import KindlingEngine

/// What a profile counts, and that it changes nothing.
@Suite struct OperationProfileTests {
    private struct Call: Hashable {
        let name: String
        let pass: OperationProfile.Pass
        let count: Int
    }

    private func calls(_ profile: OperationProfile) -> Set<Call> {
        Set(profile.operations.map { Call(name: $0.name, pass: $0.pass, count: $0.callCount) })
    }

    private func numbers(_ sizes: Int...) -> Tensor {
        let shape = Shape(sizes)
        return Tensor((0..<shape.elementCount).map { Float($0 % 7) / 7 - 0.4 }, shape: shape)
    }

    @Test func callsAreCountedByOperationAndPass() throws {
        let (weight, x) = (Parameter(numbers(3, 4)), numbers(2, 3))
        let profile = OperationProfile()
        try profile.record {
            for _ in 0..<3 {
                let loss = OperationProfile.part("forward", pass: .forward) { x.matmul(weight.value).relu().sum() }
                try loss.backward()
                weight.gradient = nil
            }
        }
        let counted = calls(profile)
        for expected in [
            Call(name: "matmul", pass: .forward, count: 3), Call(name: "relu", pass: .forward, count: 3),
            Call(name: "sum", pass: .forward, count: 3), Call(name: "matmul", pass: .backward, count: 3),
        ] { #expect(counted.contains(expected), "\(counted)") }
        #expect(profile.operations.allSatisfy { $0.selfSeconds <= $0.totalSeconds && $0.callCount % 3 == 0 })
    }

    @Test func workOfProductsAndBytesOfOperandsAreCounted() throws {
        let profile = OperationProfile()
        try withTensorErrors {
            profile.record {
                _ = numbers(2, 3).matmul(numbers(3, 4))
                _ = numbers(2, 1, 5, 5).convolved(weight: numbers(4, 1, 3, 3))
                let half = [numbers(2, 3), numbers(3, 4)].map { $0.converted(to: .bfloat16) }
                _ = half[0].matmul(half[1])
            }
        }
        let products = try #require(profile.operations.first { $0.name == "matmul" })
        #expect(products.callCount == 2)
        #expect(products.wideOperations == 2 * 2 * 3 * 4)
        #expect(products.halfOperations == 2 * 2 * 3 * 4)
        #expect(products.bytes == (6 + 12 + 8) * (4 + 2))
        let convolution = try #require(profile.operations.first { $0.name == "convolution" })
        #expect(convolution.floatingPointOperations == 2 * (2 * 4 * 3 * 3) * 9)
        #expect(convolution.bytes == (50 + 36 + 72) * 4)
    }

    @Test func repeatedElementsAreReadOnce() throws {
        let profile = OperationProfile()
        let row = numbers(1, 8).expanded(to: [16, 8])
        profile.record { _ = row + numbers(16, 8) }
        let sum = try #require(profile.operations.first { $0.bytes == (8 + 128 + 128) * 4 })
        #expect(sum.callCount == 1)
    }

    @Test func conversionsUnderAPolicyAreInsideWhatAskedForThem() throws {
        let profile = OperationProfile()
        let (x, weight) = (numbers(2, 3), Parameter(numbers(3, 4)))
        try withTensorErrors {
            profile.record { withPrecision(PrecisionPolicy(.bfloat16)) { _ = x.matmul(weight.value) } }
        }
        #expect(
            calls(profile) == [
                Call(name: "matmul", pass: .other, count: 1), Call(name: "converted", pass: .other, count: 2),
            ])
        let events = profile.events
        #expect(events.map(\.name) == ["matmul", "converted", "converted"])
        #expect(isInside(events[1], events[0]) && isInside(events[2], events[0]))
    }

    private func isInside(_ inner: OperationProfile.Event, _ outer: OperationProfile.Event) -> Bool {
        inner.lane == outer.lane && inner.start >= outer.start
            && inner.start + inner.duration <= outer.start + outer.duration
    }

    @Test func gradientsBelongToTheModuleOfTheirOperation() throws {
        final class Part: ForwardScope {
            let inner: Part?
            init(_ inner: Part? = nil) { self.inner = inner }
            func path(to part: any ForwardScope) -> String? { part === inner ? "inner" : nil }
        }
        let model = Part(Part())
        let weight = Parameter(numbers(3, 3))
        let profile = OperationProfile()
        try profile.record {
            let loss = ForwardContext.run(.training, random: RandomStream(seed: 0)) {
                ForwardContext.inside(model) {
                    let hidden = ForwardContext.inside(model.inner ?? model) { numbers(2, 3).matmul(weight.value) }
                    return hidden.tanh().sum()
                }
            }
            try loss.backward()
        }
        let inner = try #require(profile.modules.first { $0.path == "inner" })
        #expect(inner.type == "Part")
        #expect(Set(inner.seconds.keys) == [.forward, .backward])
        #expect(profile.parts.map(\.name).sorted() == ["backward", "forward"])
        let product = try #require(profile.events.first { $0.name == "matmul" && $0.kind == "operation" })
        #expect(product.module == "inner" && product.pass == .forward)
    }

    @Test func optimizerPassesAreCounted() throws {
        let parameters = [Parameter(numbers(3, 4)), Parameter(numbers(4))]
        for parameter in parameters { parameter.gradient = parameter.value.detached() }
        var update = try OptimizerUpdate(parameters: parameters, slotCount: 0)
        let profile = OperationProfile()
        try profile.record {
            try update.apply(
                .sgd(
                    learningRate: 0.1, momentum: 0, dampening: 0, nesterov: false, weightDecay: 0, firstStep: true),
                gradientScale: 1)
        }
        let row = try #require(profile.operations.first)
        #expect(row.name == "sgd" && row.callCount == 1)
        #expect(row.bytes == 3 * 16 * 4)
    }

    @Test func resultsAreTheSameBits() throws {
        func gradient(_ profile: OperationProfile?) throws -> [Float] {
            let weight = Parameter(numbers(16, 16))
            func step() throws {
                let x = numbers(8, 16)
                try x.matmul(weight.value).gelu().softmax().squared().mean().backward()
            }
            if let profile { try profile.record(step) } else { try step() }
            return try #require(weight.gradient).array(of: Float.self)
        }
        #expect(try gradient(OperationProfile()) == gradient(nil))
    }

    @Test func nothingIsRecordedOutside() {
        let profile = OperationProfile()
        #expect(OperationProfile.active == nil)
        profile.record { #expect(OperationProfile.active === profile) }
        _ = numbers(2).exp()
        #expect(profile.operations.isEmpty && profile.events.isEmpty)
    }

    @Test func eventsBeyondTheLimitAreCountedAndNotKept() {
        let profile = OperationProfile(eventLimit: 2)
        let x = numbers(2)
        profile.record { for _ in 0..<5 { _ = x.exp() } }
        #expect(profile.events.count == 2)
        #expect(profile.eventsLeftOut == 3)
        #expect(profile.operations.map(\.callCount) == [5])
    }

    @Test func failedOperationsEndTheirSpans() {
        let profile = OperationProfile()
        #expect(throws: TensorError.self) {
            try profile.record {
                try withTensorErrors {
                    _ = numbers(2, 3).matmul(numbers(2, 3))
                    _ = numbers(2).exp()
                }
            }
        }
        let (failed, after) = (profile.events[0], profile.events[1])
        #expect(failed.start + failed.duration <= after.start)
    }
}
