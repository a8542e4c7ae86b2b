// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// Gradients of one's own, and hooks on the way back.
@Suite struct CustomGradientTests {
    private let x = Tensor([0.3, -1.2, 2.0], dtype: .float64)

    @Test func ownGradientReplacesTheRecordedOne() throws {
        let found = try valueAndGradient(at: [x]) { points in
            customGradient(points) {
                $0[0].floor()
            } gradient: { upstream, _, _ in
                [upstream * 3.0]
            }.sum()
        }
        #expect(try found.value.item() == 0 - 2 + 2)
        try expectEqual(found.gradients[0], .full([3], 3, dtype: .float64))
    }

    @Test func ownGradientHasGradientsOfItsOwn() throws {
        let found = try hessian(at: x) { point in
            customGradient([point]) {
                $0[0] * $0[0] * $0[0]
            } gradient: { upstream, inputs, _ in
                [upstream * inputs[0].squared() * 3.0]
            }.sum()
        }
        try expectClose(found.sum(over: 1), x * 6, tolerance: 1e-12)
        let throughOutput = try hessian(at: x) { point in
            customGradient([point]) {
                $0[0].exp()
            } gradient: { upstream, _, output in
                [upstream * output]
            }.sum()
        }
        try expectClose(throughOutput.sum(over: 1), x.exp(), tolerance: 1e-12)
    }

    @Test func gradientsOfWrongNumberOrShapeAreRefused() {
        for gradients in [[], [nil, nil], [Tensor([1.0, 2.0])]] as [[Tensor?]] {
            #expect(throws: TensorError.self) {
                try gradient(at: [x]) { points in
                    customGradient(points) {
                        $0[0] * 2.0
                    } gradient: { _, _, _ in
                        gradients
                    }.sum()
                }
            }
        }
    }

    @Test func nilStopsTheGradient() throws {
        let found = try gradient(at: [x]) { points in
            (customGradient(points) {
                $0[0] * 2.0
            } gradient: { _, _, _ in
                [nil]
            } + points[0]).sum()
        }
        try expectEqual(found[0], .ones([3], dtype: .float64))
    }

    @Test func hookSeesTheWholeGradientOnceAndMayChangeIt() throws {
        var seen: [Tensor] = []
        let found = try gradient(at: [x]) { points in
            let hooked = points[0].onGradient {
                seen.append($0)
                return $0 * 2.0
            }
            return (hooked * hooked).sum() + hooked.sum()
        }
        #expect(seen.count == 1)
        try expectClose(seen[0], x * 2.0 + 1.0, tolerance: 1e-15)
        try expectClose(found[0], (x * 2.0 + 1.0) * 2.0, tolerance: 1e-15)
    }

    @Test func hookOfAnotherShapeIsRefused() {
        #expect(throws: TensorError.self) {
            try gradient(at: [x]) { points in points[0].onGradient { $0.sum() }.sum() }
        }
    }

    @Test func nothingIsHookedWhereNothingIsRecorded() {
        let plain = noGrad { x.onGradient { _ in .zeros([0]) } }
        #expect(!plain.requiresGradient)
    }
}
