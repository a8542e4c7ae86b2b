// SPDX-License-Identifier: Apache-2.0

extension PictureBatch {
    /// Which halves of a picture change places.
    enum Flip { case horizontal, vertical }

    /// Flips the pictures chosen.
    mutating func flip(_ chosen: [Bool], _ flip: Flip) {
        let (channels, height, width, plane) = (channels, height, width, planeSize)
        changeEach { picture, pixels in
            guard chosen[picture] else { return }
            for channel in 0..<channels {
                let start = channel * plane
                switch flip {
                case .horizontal:
                    for row in 0..<height {
                        let first = start + row * width
                        for column in 0..<width / 2 { pixels.swapAt(first + column, first + width - 1 - column) }
                    }
                case .vertical:
                    for row in 0..<height / 2 {
                        let (upper, lower) = (start + row * width, start + (height - 1 - row) * width)
                        for column in 0..<width { pixels.swapAt(upper + column, lower + column) }
                    }
                }
            }
        }
    }
}
