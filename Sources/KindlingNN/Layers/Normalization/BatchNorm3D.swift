// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Batch normalization of volumes [N, channels, depth, height, width].
///
/// Shapes: `[N, C, D, H, W]` → the same. Statistics, parameters and defaults are ``BatchNorm``'s.
///
///     BatchNorm3D(16)
public final class BatchNorm3D: BatchNorm {
    override var ranks: ClosedRange<Int> { 5...5 }

    static let component = Component<any Layer>.channelNorm(
        "BatchNorm3D", "Batch normalization of volumes [N, channels, depth, height, width].", learning: true
    ) {
        BatchNorm3D($0, epsilon: $1, momentum: $2, affine: $3, trackRunningStatistics: $4)
    }
}
