// SPDX-License-Identifier: Apache-2.0
internal import KindlingEngine
internal import KindlingOptim

/// How gradients are kept small before each optimizer step.
///
///     var options = TrainerOptions()
///     options.clipping = .norm(1)
public enum GradientClipping: Sendable, Hashable {
    /// Scales an optimizer's gradients so that their length, taken together, is at most this (Pascanu and others 2012).
    case norm(Double)
    /// Limits every element to this, either way.
    case value(Double)

    /// - Throws: `TrainingError` for a limit that is not above 0.
    func check() throws {
        let (name, limit) =
            switch self {
            case .norm(let limit): ("norm", limit)
            case .value(let limit): ("value", limit)
            }
        guard limit > 0 else {
            throw TrainingError(
                .badOption, "gradients cannot be clipped to a \(name) of \(limit)", remedy: "give a number above 0")
        }
    }

    /// Takes the optimizer's step with clipped gradients.
    ///
    /// Those that are not finite stay what they are, as in PyTorch.
    func step(_ optimizer: Optimizer, _ parameters: [Parameter]) throws {
        switch self {
        case .norm(let limit):
            // Handed on to the step, the factor costs no pass of its own.
            try optimizer.step(gradientScale: clippingFactor(norm: gradientNorm(of: parameters), maxNorm: limit))
        case .value(let limit):
            try clipGradients(of: parameters, maxValue: limit)
            try optimizer.step()
        }
    }
}
