// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// How gradients are collected, kept and freed.
@Suite struct AutogradTests {
    private func code(_ body: () throws -> Void) -> String? {
        do { try body() } catch { return (error as? TensorError)?.description }
        return nil
    }

    @Test func gradientsOfSeveralPassesAddUp() throws {
        let weight = Parameter(Tensor([1.0, 2.0]))
        #expect(weight.gradient == nil)
        try (weight.value * 3.0).sum().backward()
        try expectEqual(try #require(weight.gradient), Tensor([3.0, 3.0]))
        try weight.value.squared().sum().backward()
        try expectEqual(try #require(weight.gradient), Tensor([5.0, 7.0]))
        weight.gradient = nil
        try weight.value.sum().backward()
        try expectEqual(try #require(weight.gradient), Tensor([1.0, 1.0]))
    }

    @Test func seedWeighsTheResultAndMayHaveAnotherType() throws {
        let weight = Parameter(Tensor([1.0, 2.0]))
        try weight.value.squared().backward(seed: Tensor([10, 100] as [Int]))
        try expectEqual(try #require(weight.gradient), Tensor([20.0, 400.0]))
        #expect(
            code { try weight.value.backward(seed: Tensor([1.0])) }
                == "backward: a seed of shape [1] for a tensor of shape [2]")
    }

    @Test func frozenParameterDetachedTensorAndNoGradLetNothingThrough() throws {
        let frozen = Parameter(Tensor([2.0]))
        frozen.isFrozen = true
        let free = Parameter(Tensor([3.0]))
        try (frozen.value * free.value * free.value.detached()).sum().backward()
        #expect(frozen.gradient == nil)
        try expectEqual(try #require(free.gradient), Tensor([6.0]))
        let inside = noGrad { free.value * 2.0 }
        #expect(!inside.requiresGradient)
        let nothing =
            "backward: this tensor does not depend on anything that has a gradient; compute it from parameters "
            + "that are not frozen, outside noGrad { … }"
        #expect(code { try inside.sum().backward() } == nothing)
        #expect(code { try frozen.value.sum().backward() } == nothing)
    }

    @Test func resultsWithoutAGradientRecordNothing() {
        let weight = Parameter(Tensor([1.0, 2.0]))
        #expect(weight.value.requiresGradient)
        #expect(!(weight.value .> 1.5 * weight.value).requiresGradient)
        #expect(!weight.value.argmax(over: 0).requiresGradient)
        #expect(!weight.value.converted(to: .int64).requiresGradient)
        let buffer = Buffer(Tensor([0.0]))
        buffer.value = weight.value.sum()
        #expect(!buffer.value.requiresGradient)
    }

    @Test func secondPassThroughAFreedGraphSaysSo() throws {
        let weight = Parameter(Tensor([1.0, 2.0]))
        let loss = weight.value.exp().sum()
        try loss.backward()
        let message = code { try loss.backward() }
        #expect(
            message?.hasSuffix(
                "what its gradient needs was freed by an earlier backward pass; compute the loss again, or ask the first "
                    + "pass to keep the graph: backward(keepingGraph: true)") == true)
        let kept = (weight.value * 2.0).sum()
        weight.gradient = nil
        try kept.backward(keepingGraph: true)
        try kept.backward()
        try expectEqual(try #require(weight.gradient), Tensor([4.0, 4.0]))
    }

    @Test func tensorOfSeveralElementsNeedsASeed() {
        let weight = Parameter(Tensor([1.0, 2.0]))
        #expect(
            code { try weight.value.backward() }
                == "backward: a tensor of shape [2] is not a single number; reduce it to a loss with mean() or sum(), or "
                + "give a seed of its shape")
    }

    @Test func pathsThatMeetAddUp() throws {
        let x = Tensor([3.0], dtype: .float64)
        // ((x + x) · (x + x)) + x · (x + x): 4 x² + 2 x²
        let found = try gradient(at: [x]) { points in
            let twice = points[0] + points[0]
            return (twice * twice + points[0] * twice).sum()
        }
        try expectEqual(found[0], Tensor([36.0], dtype: .float64))
        // Sixty diamonds have 2⁶⁰ paths.
        let doubled = try gradient(at: [x]) { points in
            var y = points[0]
            for _ in 0..<60 { y = y * 0.5 + y * 0.5 }
            return y.sum()
        }
        try expectEqual(doubled[0], Tensor([1.0], dtype: .float64))
    }

    @Test func gradientsOfEveryOrderNest() throws {
        let x = Tensor([0.7], dtype: .float64)
        func derivative(_ order: Int, _ f: @escaping ([Tensor]) throws -> Tensor) -> ([Tensor]) throws -> Tensor {
            guard order > 0 else { return f }
            let lower = derivative(order - 1, f)
            return { try gradient(at: $0, differentiable: true, lower)[0].sum() }
        }
        let sine: ([Tensor]) throws -> Tensor = { $0[0].sin().sum() }
        let expected = [0.7648421872844885, -0.644217687237691, -0.7648421872844885, 0.644217687237691]
        for order in 1...4 {
            let found = try derivative(order, sine)([x])
            try expectClose(found, Tensor(expected[order - 1], dtype: .float64), tolerance: 1e-12)
        }
    }

    /// The penalty on a critic's slope: an inner gradient by the input, an outer one by the parameters.
    @Test func innerGradientLeavesParametersAlone() throws {
        let weight = Parameter(Tensor([3.0], dtype: .float64))
        let x = Tensor([2.0], dtype: .float64)
        let slope = try gradient(at: [x], differentiable: true) { ($0[0] * $0[0] * weight.value).sum() }[0]
        #expect(weight.gradient == nil)
        try slope.squared().sum().backward()  // (2 x w)², by w: 8 x² w
        try expectEqual(try #require(weight.gradient), Tensor([96.0], dtype: .float64))
    }

    @Test func innerGradientDoesNotFreeWhatWasComputedBefore() throws {
        let weight = Parameter(Tensor([3.0], dtype: .float64))
        let before = weight.value.exp()
        _ = try gradient(at: [Tensor([2.0], dtype: .float64)]) { ($0[0] * before).sum() }
        try before.sum().backward()
        try expectClose(try #require(weight.gradient), Tensor([20.085536923187668], dtype: .float64), tolerance: 1e-12)
    }

    @Test func gradientWorksInsideNoGrad() throws {
        let found = try noGrad { try gradient(at: [Tensor([2.0])]) { $0[0].squared().sum() } }
        try expectEqual(found[0], Tensor([4.0]))
    }

    @Test func gradientIsZeroWhereNothingDependsOnThePoint() throws {
        let found = try gradient(at: [Tensor([2.0]), Tensor([[1.0]])]) { $0[0].sum() }
        try expectEqual(found[1], Tensor([[0.0]]))
        #expect(
            code { _ = try gradient(at: [Tensor([1] as [Int])]) { $0[0].sum() } }
                == "gradient: a tensor of int64 has no gradient; convert it to float32 first")
        #expect(
            code { _ = try gradient(at: [Tensor([1.0, 2.0])]) { $0[0] * 2.0 } }
                == "gradient: a value of shape [2] is not a single number; reduce it to one with mean() or sum()")
    }

    @Test func gradientFlowsBetweenDevices() throws {
        let found = try gradient(at: [Tensor([2.0])]) { points in
            try points[0].copied(to: OperationTests.reference).squared().copied(to: .cpu).sum()
        }
        try expectEqual(found[0], Tensor([4.0]))
    }

    @Test func gradientKeepsThePointsTypeThroughMixedArithmetic() throws {
        let points = [Tensor([2.0], dtype: .float16), Tensor([3.0], dtype: .float64)]
        let found = try gradient(at: points) { ($0[0] * $0[1]).sum() }
        try expectEqual(found[0], Tensor([3.0], dtype: .float16))
        try expectEqual(found[1], Tensor([2.0], dtype: .float64))
    }
}
