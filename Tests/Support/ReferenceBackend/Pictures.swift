// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

/// The sizes of `[batch, channels, spatial…]` with always three spatial axes; the missing ones have size 1.
struct PictureSizes {
    let batch: Int
    let channels: Int
    let spatial: [Int]

    init(_ shape: Shape) {
        batch = shape[0]
        channels = shape[1]
        spatial = (0..<3).map { $0 + 2 < shape.rank ? shape[$0 + 2] : 1 }
    }

    /// Elements of one channel of one picture.
    var area: Int { spatial[0] * spatial[1] * spatial[2] }

    /// The row-major number of a place among the spatial axes.
    func number(_ place: [Int]) -> Int { (place[0] * spatial[1] + place[1]) * spatial[2] + place[2] }
}

/// One element under one window: everything is counted row-major over the spatial axes.
struct Tap {
    /// Which window.
    let window: Int
    /// Which element of the window.
    let element: Int
    /// Which element of the picture, or nil in the padding.
    let source: Int?
}

extension WindowGeometry {
    /// Every element of every window, window by window.
    func taps(over picture: PictureSizes, windows: PictureSizes) -> [Tap] {
        let sizes = (0..<3).map { Int(size[$0]) }
        var taps: [Tap] = []
        for window in 0..<windows.area {
            let start = place(window, among: windows.spatial)
            for element in 0..<(sizes[0] * sizes[1] * sizes[2]) {
                let within = place(element, among: sizes)
                let source = (0..<3).map { axis in
                    start[axis] * Int(stride[axis]) + within[axis] * Int(dilation[axis]) - Int(paddingBefore[axis])
                }
                let inside = (0..<3).allSatisfy { source[$0] >= 0 && source[$0] < picture.spatial[$0] }
                taps.append(Tap(window: window, element: element, source: inside ? picture.number(source) : nil))
            }
        }
        return taps
    }

    private func place(_ number: Int, among sizes: [Int]) -> [Int] {
        [number / sizes[2] / sizes[1], number / sizes[2] % sizes[1], number % sizes[2]]
    }
}
