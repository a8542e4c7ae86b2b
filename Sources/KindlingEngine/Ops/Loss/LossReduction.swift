// SPDX-License-Identifier: Apache-2.0
package import KindlingBackend

/// What becomes of the losses of a batch's elements.
public enum LossReduction: String, Sendable, Hashable, CaseIterable {
    /// One loss for each element.
    case none
    /// Their mean, a scalar; weighted where the loss has weights for classes.
    case mean
    /// Their sum, a scalar.
    case sum
}

extension Tensor {
    /// The losses, their mean or their sum.
    package func reduced(by reduction: LossReduction) -> Tensor {
        switch reduction {
        case .none: self
        case .mean: mean()
        case .sum: sum()
        }
    }

    /// The result of an operation made of others, once its arguments are known to be good.
    ///
    /// Does nothing when an input is the result of an operation that failed.
    package static func composed(_ inputs: [Tensor?], _ body: () throws(TensorError) -> Tensor) -> Tensor {
        for case let input? in inputs where input.value.isPlaceholder { return input }
        do throws(TensorError) { return try body() } catch {
            return .failed(error, TensorSpec(shape: [], dtype: inputs.first??.dtype ?? .float32))
        }
    }

    /// A loss that compares each prediction with a target of the same place.
    ///
    /// Targets take the predictions' type, so that truth values and whole numbers can be targets.
    package func pairwiseLoss(
        _ operation: String, _ targets: Tensor, weights: Tensor? = nil, _ reduction: LossReduction,
        _ body: (_ targets: Tensor) throws(TensorError) -> Tensor
    ) -> Tensor {
        .composed([self, targets, weights]) { () throws(TensorError) in
            try requireReal(operation, "predictions")
            try requireShape(shape, of: targets, operation, "targets")
            // Under a precision policy targets keep what predictions of half width would cost them; operations on both
            // then run in the wider type.
            let dtype = prepared(for: operation).dtype
            let losses = try body(targets.converted(to: dtype))
            guard let weights else { return losses.reduced(by: reduction) }
            try weights.requireBroadcast(to: shape, operation, "weights")
            return (losses * weights.converted(to: dtype)).reduced(by: reduction)
        }
    }

    package func requireReal(_ operation: String, _ role: String) throws(TensorError) {
        guard !dtype.isFloatingPoint else { return }
        throw TensorError(
            .dtypeMismatch, operation: operation, "\(role) of \(dtype.name) are not floating-point numbers",
            remedy: "convert them: converted(to: .float32)")
    }

    package func requireShape(_ wanted: Shape, of other: Tensor, _ operation: String, _ role: String)
        throws(TensorError)
    {
        guard other.shape != wanted else { return }
        throw TensorError(
            .shapeMismatch, operation: operation, "\(role) of shape \(other.shape) do not fit, \(wanted) is needed",
            remedy: "reshape or expand them")
    }

    func requireBroadcast(to target: Shape, _ operation: String, _ role: String) throws(TensorError) {
        guard shape.broadcast(with: target) != target else { return }
        throw TensorError(
            .shapeMismatch, operation: operation, "\(role) of shape \(shape) cannot be repeated to fill \(target)",
            remedy: "axes that grow must have size 1")
    }
}

/// Refuses a number outside its range, and NaN.
package func requireNumber(
    _ number: Double, _ operation: String, _ role: String, _ range: String, _ isGood: (Double) -> Bool
) throws(TensorError) {
    guard number.isFinite, isGood(number) else {
        throw TensorError(.invalidValue, operation: operation, "\(role) of \(number) is not \(range)")
    }
}
