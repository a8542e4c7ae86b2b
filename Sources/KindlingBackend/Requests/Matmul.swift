// SPDX-License-Identifier: Apache-2.0

/// A matrix product and what is done to its result while it is still in cache.
public struct Matmul: Sendable, Hashable {
    /// What follows the product.
    public enum Activation: UInt8, Sendable, Hashable {
        /// Nothing.
        case none = 0
        /// max(0, x).
        case relu
    }

    /// Whether a third input, `[N]`, is added to every row.
    public let bias: Bool
    /// What follows product and bias.
    public let activation: Activation

    /// Describes a product.
    public init(bias: Bool = false, activation: Activation = .none) {
        self.bias = bias
        self.activation = activation
    }
}
