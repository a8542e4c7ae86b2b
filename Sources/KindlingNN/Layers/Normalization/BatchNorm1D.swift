// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Batch normalization of features or sequences [N, channels, length].
///
/// Shapes: `[N, C]` or `[N, C, L]` → the same. Statistics, parameters and defaults are ``BatchNorm``'s.
///
///     BatchNorm1D(128)
public final class BatchNorm1D: BatchNorm {
    override var ranks: ClosedRange<Int> { 2...3 }

    static let component = Component<any Layer>.channelNorm(
        "BatchNorm1D", "Batch normalization of features or sequences [N, channels, length].", learning: true
    ) {
        BatchNorm1D($0, epsilon: $1, momentum: $2, affine: $3, trackRunningStatistics: $4)
    }
}
