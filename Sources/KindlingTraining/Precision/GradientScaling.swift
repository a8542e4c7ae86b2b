// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// The loss scale of a run at work: scaled losses, unscaled gradients, skipped steps.
///
/// One step is any number of scaled backward passes, then ``unscale(_:)`` once, then clipping and the optimizer's step
/// unless it said to skip.
struct GradientScaling {
    private(set) var state: LossScale

    init(_ state: LossScale) { self.state = state }

    /// The loss to differentiate.
    func scaled(_ loss: Tensor) -> Tensor {
        (loss.dtype == .float64 ? loss : loss.converted(to: .float32)) * Double(state.scale)
    }

    /// Divides gradients by the scale, and moves the scale on.
    /// - Returns: Whether the step shall be taken. If not, the gradients have been taken away.
    /// - Throws: `TrainingError` when the scale has fallen so far that it cannot be the reason.
    mutating func unscale(_ parameters: [Parameter]) throws -> Bool {
        let unscaled = try withTensorErrors {
            noGrad { parameters.map { $0.gradient.map { $0.detached() * (1 / Double(state.scale)) } } }
        }
        let isFinite = try GradientScaling.areFinite(unscaled.compactMap(\.self))
        state.update(isFinite: isFinite)
        for (parameter, gradient) in zip(parameters, unscaled) { parameter.gradient = isFinite ? gradient : nil }
        guard state.scale >= LossScale.smallest else {
            throw TrainingError(
                .badLoss,
                "the loss scale fell to \(state.scale) after \(state.skippedSteps) skipped steps, and gradients are "
                    + "still infinite or not a number",
                remedy: "the model or the data make them so: lower the learning rate, look with detectingAnomalies, "
                    + "or train with precision bf16-mixed or float32")
        }
        return isFinite
    }

    /// Whether there is neither an infinity nor a NaN: times 0 either is NaN, and so is every sum with it.
    ///
    /// Waits for the device once.
    private static func areFinite(_ gradients: [Tensor]) throws -> Bool {
        guard !gradients.isEmpty else { return true }
        let sums = try withTensorErrors {
            noGrad {
                Tensor.concatenated(
                    gradients.map { ($0 * 0.0).sum().converted(to: .float64).reshaped(to: [1]) })
            }
        }
        return try sums.array(of: Double.self).allSatisfy { $0 == 0 }
    }
}
