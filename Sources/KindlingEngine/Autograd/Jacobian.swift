// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// The value of a function of any shape, and a vector times its Jacobian: vᵀ · ∂f/∂x for each point.
///
/// One backward pass, whatever the sizes.
///
///     let (y, gradients) = try vectorJacobianProduct(at: [x], vector: v) { $0[0].sin() }   // v * x.cos()
/// - Parameters:
///   - points: The tensors to differentiate by, floating-point.
///   - vector: Of the shape of the function's value.
///   - differentiable: Whether the products shall themselves have gradients.
/// - Throws: `TensorError` when an operation fails or the vector's shape is not the value's.
public func vectorJacobianProduct(
    at points: [Tensor], vector: Tensor, differentiable: Bool = false, _ function: ([Tensor]) throws -> Tensor
) throws -> (value: Tensor, products: [Tensor]) {
    try withTensorErrors {
        let traced = try TracedFunction(at: points, differentiable: differentiable, function)
        try requireShape(vector, of: traced.value, "vectorJacobianProduct")
        let products = try traced.gradients(seed: vector, keepingGraph: false, differentiable: differentiable)
        return (differentiable ? traced.value : traced.value.detached(), products)
    }
}

/// The value of a function, and its Jacobian times a vector: ∂f/∂x · t, the derivative along `tangents`.
///
/// Computed as the derivative of the vector-Jacobian product by its vector, in which that is linear (Townsend, "A new
/// trick for calculating Jacobian vector products", 2017): one forward and two backward passes.
///
///     let (y, slope) = try jacobianVectorProduct(at: [x], along: [t]) { $0[0].sin() }      // x.cos() * t
/// - Parameters:
///   - points: The tensors to differentiate by, floating-point.
///   - tangents: One for each point, of its shape.
/// - Throws: `TensorError` when an operation fails or shapes differ.
public func jacobianVectorProduct(
    at points: [Tensor], along tangents: [Tensor], _ function: ([Tensor]) throws -> Tensor
) throws -> (value: Tensor, product: Tensor) {
    try withTensorErrors {
        guard points.count == tangents.count else {
            throw TensorError(
                .invalidValue, operation: "jacobianVectorProduct",
                "\(tangents.count) tangents for \(points.count) points", remedy: "give one tangent for each point")
        }
        for (point, tangent) in zip(points, tangents) {
            try requireShape(tangent, of: point, "jacobianVectorProduct")
        }
        let traced = try TracedFunction(at: points, differentiable: false, function)
        // Whatever the vector is: only its part in the product counts.
        let leaf = LeafNode()
        let seed = Tensor(traced.value.zerosLike().value, node: leaf)
        let products = try traced.gradients(seed: seed, keepingGraph: true, differentiable: true)
        let value = traced.value.detached()
        return try GradientMode.$isRecording.withValue(true) {
            var along: Tensor?
            for (product, tangent) in zip(products, tangents) {
                let part = (product * tangent.detached().converted(to: product.dtype)).sum()
                along = along.map { $0 + part } ?? part
            }
            if let along, along.requiresGradient {
                try along.backward(seed: nil, keepingGraph: false, differentiable: false, floor: leaf.order - 1)
            }
            return (value, leaf.gradient ?? value.zerosLike())
        }
    }
}

/// All derivatives of a function's value by a point: shape `value.shape + point.shape`.
///
/// One backward pass for each element of the value.
///
///     let j = try jacobian(at: x) { $0 * $0 }              // [n, n], 2 x on the diagonal
/// - Throws: `TensorError` when an operation fails or the shape has more axes than are supported.
public func jacobian(
    at point: Tensor, differentiable: Bool = false, _ function: (Tensor) throws -> Tensor
) throws -> Tensor {
    try withTensorErrors {
        let traced = try TracedFunction(at: [point], differentiable: differentiable) { try function($0[0]) }
        let value = traced.value
        let shape = Shape(Array(value.shape.dimensions) + Array(point.shape.dimensions))
        let count = value.elementCount
        guard count > 0, !value.value.isPlaceholder else { return .zeros(shape, dtype: value.dtype, on: point.device) }
        let rows = try (0..<count).map { row in
            var unit = [Double](repeating: 0, count: count)
            unit[row] = 1
            let seed = Tensor(unit, shape: value.shape, on: value.device).converted(to: value.dtype)
            return try traced.gradients(seed: seed, keepingGraph: true, differentiable: differentiable)[0]
        }
        return GradientMode.$isRecording.withValue(differentiable) {
            Tensor.stacked(rows.map { $0.flattened() }).reshaped(to: shape)
        }
    }
}

/// All second derivatives of a function that gives one number: shape `point.shape + point.shape`.
///
///     let h = try hessian(at: x) { ($0 * $0 * $0).sum() }  // [n, n], 6 x on the diagonal
/// - Throws: `TensorError` when an operation fails or the value is not a single number.
public func hessian(at point: Tensor, _ function: (Tensor) throws -> Tensor) throws -> Tensor {
    try jacobian(at: point) { variable in
        try gradient(at: [variable], differentiable: true) { try function($0[0]) }[0]
    }
}

/// The Hessian of a function that gives one number, times a vector, without the Hessian.
///
///     let hv = try hessianVectorProduct(at: x, vector: v) { ($0 * $0 * $0).sum() }   // 6 * x * v
/// - Throws: `TensorError` when an operation fails, the value is not a single number or the vector's shape is not the
///   point's.
public func hessianVectorProduct(
    at point: Tensor, vector: Tensor, _ function: (Tensor) throws -> Tensor
) throws -> Tensor {
    try vectorJacobianProduct(at: [point], vector: vector) { variables in
        try gradient(at: variables, differentiable: true) { try function($0[0]) }[0]
    }.products[0]
}

private func requireShape(_ vector: Tensor, of tensor: Tensor, _ operation: String) throws(TensorError) {
    guard vector.shape == tensor.shape || tensor.value.isPlaceholder || vector.value.isPlaceholder else {
        throw TensorError(
            .shapeMismatch, operation: operation, "a vector of shape \(vector.shape) for shape \(tensor.shape)",
            remedy: "give one of the same shape")
    }
}
