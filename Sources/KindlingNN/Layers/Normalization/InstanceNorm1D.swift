// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Instance normalization of sequences [N, channels, length].
///
/// Shapes: `[N, C, L]` → the same. Statistics, parameters and defaults are ``InstanceNorm``'s.
///
///     InstanceNorm1D(64, affine: true)
public final class InstanceNorm1D: InstanceNorm {
    override var ranks: ClosedRange<Int> { 3...3 }

    static let component = Component<any Layer>.channelNorm(
        "InstanceNorm1D", "Instance normalization of sequences [N, channels, length].", learning: false
    ) {
        InstanceNorm1D($0, epsilon: $1, momentum: $2, affine: $3, trackRunningStatistics: $4)
    }
}
