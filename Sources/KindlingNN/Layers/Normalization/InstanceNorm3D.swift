// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Instance normalization of volumes [N, channels, depth, height, width].
///
/// Shapes: `[N, C, D, H, W]` → the same. Statistics, parameters and defaults are ``InstanceNorm``'s.
///
///     InstanceNorm3D(64, affine: true)
public final class InstanceNorm3D: InstanceNorm {
    override var ranks: ClosedRange<Int> { 5...5 }

    static let component = Component<any Layer>.channelNorm(
        "InstanceNorm3D", "Instance normalization of volumes [N, channels, depth, height, width].", learning: false
    ) {
        InstanceNorm3D($0, epsilon: $1, momentum: $2, affine: $3, trackRunningStatistics: $4)
    }
}
