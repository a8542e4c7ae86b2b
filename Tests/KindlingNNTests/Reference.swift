// SPDX-License-Identifier: Apache-2.0
import Glibc
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// Numbers that PyTorch gives, from a file beside the tests.
struct Reference: Sendable {
    private let values: [String: [Double]]

    init(_ file: String) {
        values = fixtures(file)
    }

    /// Expects the numbers of a name, to a relative or absolute difference.
    func expect(
        _ name: String, _ tensor: Tensor, tolerance: Double = 1e-9, at location: SourceLocation = #_sourceLocation
    ) throws {
        let wanted = try #require(values[name], "no '\(name)'", sourceLocation: location)
        let found = try tensor.array(of: Double.self)
        guard found.count == wanted.count else {
            Issue.record("\(name): \(found.count) numbers for \(wanted.count)", sourceLocation: location)
            return
        }
        for (index, (value, expected)) in zip(found, wanted).enumerated() {
            let near = abs(value - expected) <= tolerance * max(1, abs(expected))
            guard near else {
                Issue.record("\(name)[\(index)]: \(value) for \(expected)", sourceLocation: location)
                return
            }
        }
    }

    /// Expects a pass' output and all its gradients.
    ///
    /// Every parameter of the module is given `scale · sin(1.3 i + place)` first, unless it is named as kept.
    func expectPass(
        _ name: String, _ module: any Module, _ inputs: [Tensor], phase: Phase = .evaluation, scale: Double = 0.5,
        at location: SourceLocation = #_sourceLocation, _ pass: ([Tensor]) -> Tensor
    ) throws {
        let parameters = module.parameters
        for (place, parameter) in parameters.enumerated() {
            parameter.value = numbers(parameter.shape, place, scale: scale)
            parameter.gradient = nil
        }
        let leaves = inputs.map { Parameter($0) }
        let output = try withTensorErrors {
            let output = ForwardContext.run(phase, random: RandomStream(seed: 0)) { pass(leaves.map(\.value)) }
            try (output * upstream(output.shape)).sum().backward()
            return output
        }
        try expect(name, output, at: location)
        for (place, leaf) in leaves.enumerated() where leaf.value.dtype.isFloatingPoint {
            try expect("\(name)/input \(place)", try #require(leaf.gradient), at: location)
        }
        for (place, parameter) in parameters.enumerated() {
            let gradient = try #require(parameter.gradient, "parameter \(place) of \(name)", sourceLocation: location)
            try expect("\(name)/parameter \(place)", gradient, at: location)
        }
    }
}

/// scale · sin(1.3 i + place), float64.
func numbers(_ shape: Shape, _ place: Int = 0, scale: Double = 1) -> Tensor {
    Tensor((0..<shape.elementCount).map { scale * sin(1.3 * Double($0) + Double(place)) }, shape: shape)
}

private func upstream(_ shape: Shape) -> Tensor {
    Tensor((0..<shape.elementCount).map { cos(0.7 * Double($0)) }, shape: shape)
}

/// The mistake that a computation notes, or nil.
///
/// Caught by hand: describing an error looks up where it happened, which takes longer than the test.
func mistake(in body: () throws -> Tensor) -> TensorError? {
    do {
        _ = try withTensorErrors(body)
        return nil
    } catch { return error as? TensorError }
}
