// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations
public import KindlingEngine

/// A module of one tensor in and one tensor out: what a ``Sequential`` and a recipe's list of layers are made of.
public protocol Layer: Module {
    /// The result for an input. Called through `layer(x)`, which also notes where errors happen.
    func forward(_ input: Tensor) -> Tensor
}

extension Layer {
    /// The result for an input.
    ///
    /// A layer that waits for its first input is built by it; see ``LazilyBuilt``.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        ForwardContext.inside(self) { buildIfNeeded(for: input) ?? forward(input) }
    }
}

/// The kind of component that recipes list under `layers` and name under `model`.
public enum LayerKind {
    /// Layers and models.
    public static let kind = ComponentKind<any Layer>("layer") { Layers.all + Models.all }
}
