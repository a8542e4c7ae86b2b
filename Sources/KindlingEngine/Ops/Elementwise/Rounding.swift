// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// To whole numbers, element by element. No gradient flows.
extension Tensor {
    /// The smallest whole number not below each element.
    ///
    /// Output: the input's shape and type.
    ///
    ///     Tensor([-0.5, 1.2]).ceiling()       // −0, 2
    public func ceiling() -> Tensor { elementwise(ceil) }

    /// The nearest whole number of each element; halves go to the even one, as IEEE 754 rounds.
    ///
    /// Output: the input's shape and type.
    ///
    ///     Tensor([0.5, 1.5, 2.6]).rounded()   // 0, 2, 3
    public func rounded() -> Tensor { elementwise(round_) }

    /// Each element without its fraction: the nearest whole number towards 0.
    ///
    /// Output: the input's shape and type.
    ///
    ///     Tensor([-1.7, 1.7]).truncated()     // −1, 1
    public func truncated() -> Tensor { elementwise(truncate_) }
}

private let ceil = ElementwiseDefinition("ceiling", .promoted, .ceiling)
private let round_ = ElementwiseDefinition("rounded", .promoted, .round)
private let truncate_ = ElementwiseDefinition("truncated", .promoted, .truncate)
