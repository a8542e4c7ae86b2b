// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// Parts of a pass that are run again in the backward pass.
@Suite struct RecomputationTests {
    private let x = Tensor([[0.3, -1.2, 2.0]], dtype: .float64)

    @Test func gradientsAreThoseOfThePlainPass() throws {
        let weight = Parameter(Tensor([[0.5, 1, -1], [2, 0.1, 0.4]], dtype: .float64))
        func loss(_ x: Tensor, _ wrap: ([Tensor], @escaping ([Tensor]) -> Tensor) -> Tensor) -> Tensor {
            let h = x.exp()
            // Reads an input, a captured tensor that has a gradient, and a parameter.
            let y = wrap([h]) { ($0[0] * h).linear(weight: weight.value, bias: nil).tanh() }
            return (y * y).sum() + h.sum()
        }
        var results: [[Tensor]] = []
        for wrap in [{ recomputed($0, $1) }, { $1($0) }]
            as [([Tensor], @escaping ([Tensor]) -> Tensor) -> Tensor]
        {
            weight.gradient = nil
            let start = Parameter(x)
            try loss(start.value, wrap).backward()
            results.append([try #require(start.gradient), try #require(weight.gradient)])
        }
        for (found, wanted) in zip(results[0], results[1]) { try expectEqual(found, wanted) }
    }

    @Test func gradientAtPointsLeavesParametersAlone() throws {
        let weight = Parameter(.ones([1, 3], dtype: .float64))
        let found = try gradient(at: [x]) { points in
            recomputed(points) { $0[0].linear(weight: weight.value, bias: nil).exp() }.sum()
        }
        #expect(weight.gradient == nil)
        let wanted = try gradient(at: [x]) { $0[0].linear(weight: weight.value, bias: nil).exp().sum() }
        try expectEqual(found[0], wanted[0])
    }

    @Test func secondRunDrawsTheSameNumbers() throws {
        var masks: [Tensor] = []
        _ = try gradient(at: [x]) { points in
            ForwardContext.run(.training, random: RandomStream(seed: 3)) {
                recomputed(points) { inputs in
                    let mask = ForwardContext.withRandom { Tensor.uniform([1, 3], from: &$0, dtype: .float64) }
                    masks.append(mask)
                    #expect(ForwardContext.phase == .training)
                    return inputs[0] * mask
                }.sum()
            }
        }
        #expect(masks.count == 2)
        try expectEqual(masks[0], masks[1])
    }

    @Test func bodyRunsTwiceAndSecondOrderWorks() throws {
        var runs = 0
        let found = try hessian(at: x.flattened()) { point in
            recomputed([point]) {
                runs += 1
                return $0[0] * $0[0] * $0[0]
            }.sum()
        }
        try expectClose(found.sum(over: 1), x.flattened() * 6, tolerance: 1e-12)
        #expect(runs >= 2)
    }

    @Test func nestedRecomputationIsRight() throws {
        let found = try gradient(at: [x]) { points in
            recomputed(points) { outer in recomputed([outer[0].exp()]) { $0[0].sin() } * outer[0] }.sum()
        }
        let wanted = try gradient(at: [x]) { ($0[0].exp().sin() * $0[0]).sum() }
        try expectClose(found[0], wanted[0], tolerance: 1e-14)
    }

    @Test func bodyThatGivesAnotherShapeTheSecondTimeIsRefused() {
        var runs = 0
        #expect(throws: TensorError.self) {
            try gradient(at: [x]) { points in
                recomputed(points) {
                    runs += 1
                    return runs == 1 ? $0[0] : $0[0].sum()
                }.sum()
            }
        }
    }
}
