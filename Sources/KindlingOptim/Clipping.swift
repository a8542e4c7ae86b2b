// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// What is done about gradients whose norm is infinite or not a number.
public enum NonFiniteGradients: Sendable {
    /// Nothing is clipped, and an error names the first such gradient.
    case refuse
    /// All gradients are taken away: an optimizer's step then changes nothing.
    case drop
    /// Gradients stay as they are.
    case keep
}

/// The Euclidean length of all gradients taken together; 0 when there are none.
///
/// Waits for the device, once. Norms of float16 and bfloat16 gradients are computed in float32.
/// - Throws: `TensorError` when the device fails.
public func gradientNorm(of parameters: some Sequence<Parameter>) throws(TensorError) -> Double {
    length(try gradientNorms(Array(parameters)))
}

/// Scales gradients so that their Euclidean length, all taken together, is at most `maxNorm`.
///
/// Each is multiplied with min(1, maxNorm / (norm + 10⁻⁶)), as PyTorch does (Pascanu and others 2012). Gradients are
/// changed; where an ``Optimizer`` steps next, handing ``clippingFactor(norm:maxNorm:)`` to its step saves a pass.
///
///     let norm = try clipGradients(of: model.parameters, maxNorm: 1)
/// - Returns: The norm before.
/// - Throws: `TensorError` when the device fails, `maxNorm` is not positive, or the norm is not finite and such
///   gradients are refused.
@discardableResult
public func clipGradients(
    of parameters: some Sequence<Parameter>, maxNorm: Double, nonFinite: NonFiniteGradients = .refuse
) throws(TensorError) -> Double {
    try check("clipGradients", ("maxNorm", maxNorm, .positive))
    let parameters = Array(parameters)
    let norms = try gradientNorms(parameters)
    let norm = length(norms)
    guard norm.isFinite else {
        switch nonFinite {
        case .refuse:
            let first = norms.firstIndex { !$0.isFinite } ?? 0
            throw TensorError(
                .notFinite, operation: "clipGradients",
                "the gradients' norm is \(norm), at gradient \(first) of shape "
                    + "\(parameters.filter { $0.gradient != nil }[first].shape)",
                remedy:
                    "lower the learning rate, find the operation by detectingAnomalies { … }, or drop such gradients"
            )
        case .drop: for parameter in parameters { parameter.gradient = nil }
        case .keep: break
        }
        return norm
    }
    let factor = clippingFactor(norm: norm, maxNorm: maxNorm)
    if factor < 1 { try changeGradients(of: parameters) { $0 * factor } }
    return norm
}

/// Limits every element of every gradient to `maxValue` either way; what is not a number stays.
/// - Throws: `TensorError` when the device fails or `maxValue` is not positive.
public func clipGradients(of parameters: some Sequence<Parameter>, maxValue: Double) throws(TensorError) {
    try check("clipGradients", ("maxValue", maxValue, .positive))
    try changeGradients(of: Array(parameters)) { $0.clamped(-maxValue...maxValue) }
}

/// What gradients of a norm are multiplied with so that it is at most `maxNorm`: an optimizer's `gradientScale`.
///
/// 1 for a norm that is not finite.
public func clippingFactor(norm: Double, maxNorm: Double) -> Double {
    norm.isFinite ? min(1, maxNorm / (norm + 1e-6)) : 1
}

/// All results come before the first change, so that a failure leaves gradients as they are.
private func changeGradients(
    of parameters: [Parameter], _ change: (Tensor) -> Tensor
) throws(TensorError) {
    let changed = try throwingTensorErrors { noGrad { parameters.map { $0.gradient.map(change) } } }
    for (parameter, gradient) in zip(parameters, changed) where gradient != nil { parameter.gradient = gradient }
}

/// The norm of every gradient that there is.
private func gradientNorms(_ parameters: [Parameter]) throws(TensorError) -> [Double] {
    let norms = try throwingTensorErrors {
        noGrad {
            parameters.compactMap(\.gradient).map { gradient in
                let real = gradient.dtype == .float64 ? gradient : gradient.converted(to: .float32)
                return real.norm().converted(to: .float64).reshaped(to: [1])
            }
        }
    }
    if norms.isEmpty { return [] }
    return try throwingTensorErrors { noGrad { Tensor.concatenated(norms) } }.array(of: Double.self)
}

/// Scaled by the largest, whose square may be beyond all numbers.
private func length(_ norms: [Double]) -> Double {
    guard let largest = norms.max(), largest > 0, largest.isFinite else {
        // NaN and infinity come through a sum as they are.
        return norms.reduce(0, +)
    }
    return largest * norms.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
}
