// SPDX-License-Identifier: Apache-2.0

/// A term that a module adds to the loss of the pass that it is part of.
///
/// For what only the module can know: the divergence inside a variational autoencoder, a penalty on activations.
/// ``ForwardContext/addLoss(_:_:)`` notes it, and whoever computes the loss takes it and adds it.
public struct AuxiliaryLoss: Sendable {
    /// Under which name it is logged: `kl`.
    public let name: String
    /// What is added, shape [], weighted already.
    public internal(set) var value: Tensor
}

extension ForwardContext {
    /// Adds a term to the loss of the forward pass around; terms of one name are summed up.
    ///
    /// A `SupervisedModule` adds the terms to its loss and logs each under its name, in training and in evaluation alike.
    /// A loop of your own takes them by ``takeLosses()``. Outside a forward pass, and where only outputs are wanted,
    /// nobody does, and nothing comes of them. Inside ``recomputed(_:_:)`` a term would have no gradient: keep it out.
    ///
    ///     ForwardContext.addLoss("activity", 1e-4 * hidden.squared().mean())
    /// - Parameters:
    ///   - name: Under which it is logged.
    ///   - value: Shape [].
    public static func addLoss(_ name: String, _ value: Tensor) {
        guard let current else { return }
        if let place = current.losses.firstIndex(where: { $0.name == name }) {
            current.losses[place].value = current.losses[place].value + value
        } else {
            current.losses.append(AuxiliaryLoss(name: name, value: value))
        }
    }

    /// The terms that modules have added so far, by first mention; afterwards there are none.
    public static func takeLosses() -> [AuxiliaryLoss] {
        guard let current else { return [] }
        defer { current.losses = [] }
        return current.losses
    }
}
