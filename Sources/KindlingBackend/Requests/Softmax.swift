// SPDX-License-Identifier: Apache-2.0

/// exp(x) / Σ exp(x) over the last axis, shifted by the largest so that nothing overflows; or its logarithm.
public struct SoftmaxRequest: Sendable, Hashable {
    /// Whether it is the logarithm.
    public let logarithm: Bool
    /// Whether this is the gradient.
    public let backward: Bool

    /// Describes a softmax.
    public init(logarithm: Bool, backward: Bool) {
        self.logarithm = logarithm
        self.backward = backward
    }
}
