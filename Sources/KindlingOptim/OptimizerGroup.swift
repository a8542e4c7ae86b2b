// SPDX-License-Identifier: Apache-2.0

/// Parameters of an optimizer that learn alike, as they do now.
public struct OptimizerGroup: Sendable, Hashable {
    /// How far each step goes.
    public let learningRate: Double
    /// How strongly they are pulled to zero.
    public let weightDecay: Double
    /// Their names.
    public let parameters: [String]
}
