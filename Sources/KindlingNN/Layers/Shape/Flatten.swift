// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// All axes but the first as one: `[64, 3, 8, 8]` → `[64, 192]`.
public final class Flatten: Layer {
    /// The layer; it has no parameters.
    public init() {}

    /// The input with two axes.
    public func forward(_ input: Tensor) -> Tensor { input.flattened(from: 1) }

    static let component = Component<any Layer>("Flatten", "All axes but the first as one.") { Flatten() }
}
