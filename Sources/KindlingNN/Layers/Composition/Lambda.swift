// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// A layer that is a function: for steps between others that have no weights.
///
///     Sequential { Conv2D(3, 8, kernelSize: 3); Lambda { $0.mean(over: [2, 3]) }; Linear(8, 10) }
///
/// A recipe cannot hold one, since it is code. Weights that the function uses are not found: give those to a ``Layer``.
public final class Lambda: Layer {
    private let function: (Tensor) -> Tensor

    /// A layer that applies a function.
    public init(_ function: @escaping (Tensor) -> Tensor) { self.function = function }

    /// The function's result.
    public func forward(_ input: Tensor) -> Tensor { function(input) }
}
