// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// Products with Jacobians, whole Jacobians, Hessians: against what is known in closed form.
@Suite struct JacobianTests {
    private let x = Tensor([0.3, -1.2, 2.0], dtype: .float64)
    private let t = Tensor([1.0, 0.5, -2.0], dtype: .float64)

    @Test func vectorJacobianProductOfASineIsItsCosineTimesTheVector() throws {
        let (value, products) = try vectorJacobianProduct(at: [x], vector: t) { $0[0].sin() }
        try expectClose(value, x.sin(), tolerance: 1e-15)
        try expectClose(products[0], t * x.cos(), tolerance: 1e-15)
        #expect(!value.requiresGradient)
    }

    @Test func jacobianVectorProductEqualsDifferences() throws {
        let matrix = Tensor([[1.0, 2, -1], [0.5, -2, 3]], dtype: .float64)
        func function(_ points: [Tensor]) -> Tensor { matrix.matmul(points[0].tanh() * points[1]).exp() }
        let y = Tensor([0.1, 0.2, -0.3], dtype: .float64)
        let s = Tensor([-0.4, 1.0, 0.7], dtype: .float64)
        let (value, product) = try jacobianVectorProduct(at: [x, y], along: [t, s]) { function($0) }
        try expectClose(value, function([x, y]), tolerance: 1e-12)
        let step = 1e-6
        let wanted = (function([x + t * step, y + s * step]) - function([x - t * step, y - s * step])) / (2 * step)
        try expectClose(product, wanted, tolerance: 1e-7)
    }

    @Test func jacobianVectorProductOfAConstantIsZero() throws {
        let product = try jacobianVectorProduct(at: [x], along: [t]) { _ in Tensor([1.0, 2.0], dtype: .float64) }
            .product
        try expectEqual(product, .zeros([2], dtype: .float64))
        let linear = try jacobianVectorProduct(at: [x], along: [t]) { $0[0] }.product
        try expectEqual(linear, t)
    }

    @Test func jacobianHasARowForEachElementOfTheValue() throws {
        let matrix = Tensor([[1.0, 2, -1], [0.5, -2, 3]], dtype: .float64)
        let found = try jacobian(at: x) { matrix.matmul($0) }
        try expectClose(found, matrix, tolerance: 1e-15)
        #expect(try jacobian(at: Tensor.ones([2, 2])) { $0 * $0 }.shape == [2, 2, 2, 2])
        #expect(try jacobian(at: Tensor.ones([0])) { $0 * $0 }.shape == [0, 0])
    }

    @Test func hessianOfCubesIsSixTimesThePointOnItsDiagonal() throws {
        let found = try hessian(at: x) { ($0 * $0 * $0).sum() }
        let diagonal = Tensor([[1.8, 0, 0], [0, -7.2, 0], [0, 0, 12]], dtype: .float64)
        try expectClose(found, diagonal, tolerance: 1e-12)
        let product = try hessianVectorProduct(at: x, vector: t) { ($0 * $0 * $0).sum() }
        try expectClose(product, diagonal.matmul(t), tolerance: 1e-12)
    }

    @Test func jacobianCanBeDifferentiatedAgain() throws {
        let found = try gradient(at: [x]) { try jacobian(at: $0[0], differentiable: true) { $0 * $0 * $0 }.sum() }
        try expectClose(found[0], x * 6, tolerance: 1e-12)
    }

    @Test func wrongVectorsAreRefused() {
        for body in [
            { _ = try vectorJacobianProduct(at: [x], vector: Tensor([1.0])) { $0[0] } },
            { _ = try jacobianVectorProduct(at: [x], along: []) { $0[0] } },
            { _ = try jacobianVectorProduct(at: [x], along: [Tensor([1.0])]) { $0[0] } },
            { _ = try hessian(at: x) { $0 * 2.0 } },
            { _ = try jacobian(at: Tensor([1])) { $0 } },
            { _ = try jacobian(at: .ones([1, 1, 1, 1, 1])) { $0 } },
        ] as [() throws -> Void] { #expect(throws: TensorError.self) { try body() } }
    }
}
