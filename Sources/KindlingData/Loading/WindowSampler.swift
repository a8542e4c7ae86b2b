// SPDX-License-Identifier: Apache-2.0
internal import KindlingEngine

/// Visits windows that stand side by side, so that an epoch sees every token of a sequence about once.
///
/// Windows begin at every `stride`-th place. Shuffled, they are visited in random order, and each epoch lays them from
/// another place in 0 ..< stride on, so that a window's border is not always the same; else they begin at 0.
public struct WindowSampler: Sampler {
    /// From the beginning of one window to the next; below 1 counts as 1.
    public let stride: Int
    /// Whether order and beginning are random: `RandomStream(seed: seed)["windows"][epoch]`.
    public let shuffle: Bool

    /// Windows at a distance.
    public init(stride: Int, shuffle: Bool) {
        self.stride = max(1, stride)
        self.shuffle = shuffle
    }

    /// Where the windows begin.
    public func order(of count: Int, epoch: Int, seed: UInt64) -> [Int] {
        let windows = sampleCount(of: count)
        guard shuffle, windows > 0 else { return (0..<windows).map { $0 * stride } }
        var stream = RandomStream(seed: seed)["windows"][epoch]
        let room = min(stride, count - (windows - 1) * stride)
        let first = stream.permutation(room)[0]
        return stream.permutation(windows).map { first + $0 * stride }
    }

    /// How many windows an epoch has: the same in all epochs, wherever they begin.
    public func sampleCount(of count: Int) -> Int { count <= 0 ? 0 : max(1, count / stride) }
}
