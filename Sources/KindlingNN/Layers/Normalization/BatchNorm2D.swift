// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Batch normalization of pictures [N, channels, height, width].
///
/// Shapes: `[N, C, H, W]` → the same. Statistics, parameters and defaults are ``BatchNorm``'s.
///
///     BatchNorm2D(64)
public final class BatchNorm2D: BatchNorm {
    override var ranks: ClosedRange<Int> { 4...4 }

    static let component = Component<any Layer>.channelNorm(
        "BatchNorm2D", "Batch normalization of pictures [N, channels, height, width].", learning: true
    ) {
        BatchNorm2D($0, epsilon: $1, momentum: $2, affine: $3, trackRunningStatistics: $4)
    }
}
