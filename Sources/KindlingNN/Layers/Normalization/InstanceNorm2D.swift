// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Instance normalization of pictures [N, channels, height, width].
///
/// Shapes: `[N, C, H, W]` → the same. Statistics, parameters and defaults are ``InstanceNorm``'s.
///
///     InstanceNorm2D(64, affine: true)
public final class InstanceNorm2D: InstanceNorm {
    override var ranks: ClosedRange<Int> { 4...4 }

    static let component = Component<any Layer>.channelNorm(
        "InstanceNorm2D", "Instance normalization of pictures [N, channels, height, width].", learning: false
    ) {
        InstanceNorm2D($0, epsilon: $1, momentum: $2, affine: $3, trackRunningStatistics: $4)
    }
}
