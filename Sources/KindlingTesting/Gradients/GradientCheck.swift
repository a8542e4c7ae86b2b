// SPDX-License-Identifier: Apache-2.0

internal import KindlingBackend
public import KindlingEngine

/// Checks gradients against central differences in float64.
///
/// The function may give a tensor of any shape: what is differentiated is the sum of its elements, each times a weight
/// of its own, so that gradients that swap elements are found. Differences of a function with kinks are meaningless at
/// them: choose points that are farther from a kink than the step.
///
///     try GradientCheck().check(at: [x]) { ($0[0] * $0[0].sigmoid()) }
public struct GradientCheck: Sendable {
    /// How far an element is moved each way, relative to it where it is larger than 1.
    ///
    /// Its default, 10⁻⁵, balances the two errors of float64 differences, step² and 10⁻¹⁶ / step.
    public var step: Double
    /// The largest difference, relative to the gradient where it is larger than 1; 10⁻⁶ by default.
    public var tolerance: Double

    /// A check of a step and a tolerance.
    public init(step: Double = 1e-5, tolerance: Double = 1e-6) {
        self.step = step
        self.tolerance = tolerance
    }

    /// Checks the gradient of a function at float64 points; points of other types are passed on and not differentiated.
    /// - Throws: `TensorMismatch` with the input, the element and both values; `TensorError` when an operation fails.
    public func check(
        at points: [Tensor], fileID: StaticString = #fileID, line: UInt = #line,
        _ function: ([Tensor]) throws -> Tensor
    ) throws {
        try compare(at: points, "gradient", fileID, line, recorded: function, plain: function)
    }

    /// Checks the gradient of the gradient: differences of the first gradient against its recorded gradient.
    /// - Throws: As ``check(at:fileID:line:_:)``.
    public func checkSecondOrder(
        at points: [Tensor], fileID: StaticString = #fileID, line: UInt = #line,
        _ function: ([Tensor]) throws -> Tensor
    ) throws {
        func first(_ points: [Tensor], differentiable: Bool) throws -> Tensor {
            let gradients = try gradient(of: function, at: points, differentiable: differentiable)
            return Tensor.concatenated(gradients.map { $0.flattened() })
        }
        try compare(at: points, "gradient of the gradient", fileID, line) {
            try first($0, differentiable: true)
        } plain: {
            try first($0, differentiable: false)
        }
    }

    private func compare(
        at points: [Tensor], _ name: String, _ fileID: StaticString, _ line: UInt,
        recorded: ([Tensor]) throws -> Tensor, plain: ([Tensor]) throws -> Tensor
    ) throws {
        let gradients = try gradient(of: recorded, at: points, differentiable: false)
        var next = 0
        for (input, point) in points.enumerated() where point.dtype == .float64 {
            let found = try gradients[next].array(of: Double.self)
            next += 1
            let values = try point.array(of: Double.self)
            for element in values.indices {
                let move = step * max(1, abs(values[element]))
                let ends = try [move, -move].map { move in
                    var moved = values
                    moved[element] += move
                    var inputs = points
                    inputs[input] = Tensor(moved, shape: point.shape, on: point.device)
                    return try withTensorErrors { weighted(try plain(inputs)) }.item()
                }
                let wanted = (ends[0] - ends[1]) / (2 * move)
                guard abs(found[element] - wanted) <= tolerance * max(1, abs(wanted)) else {
                    throw TensorMismatch(
                        "\(name) by element \(position(element, in: point.shape)) of input \(input) is "
                            + "\(found[element]), by differences \(wanted) (tolerance \(tolerance))",
                        fileID: fileID, line: line)
                }
            }
        }
    }

    /// The gradients by the float64 points.
    private func gradient(
        of function: ([Tensor]) throws -> Tensor, at points: [Tensor], differentiable: Bool
    ) throws -> [Tensor] {
        let places = points.indices.filter { points[$0].dtype == .float64 }
        return try KindlingEngine.gradient(at: places.map { points[$0] }, differentiable: differentiable) { moved in
            var inputs = points
            for (place, tensor) in zip(places, moved) { inputs[place] = tensor }
            return weighted(try function(inputs))
        }
    }
}

/// The sum of the elements, element i times 1 + (7 i mod 11) / 11.
package func weighted(_ tensor: Tensor) -> Tensor {
    let weights = (0..<tensor.elementCount).map { 1 + Double(7 * $0 % 11) / 11 }
    return (tensor * Tensor(weights, shape: tensor.shape, on: tensor.device).converted(to: tensor.dtype)).sum()
}
