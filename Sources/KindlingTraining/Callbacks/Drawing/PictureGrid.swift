// SPDX-License-Identifier: Apache-2.0

/// Pictures side by side, each in a frame of its own colour.
struct PictureGrid {
    /// A picture of RGB bytes with the colour of its frame.
    struct Cell {
        var pixels: [UInt8]
        var frame: [UInt8]
    }

    let width: Int
    let height: Int
    let columns: Int
    let cells: [Cell]
    private let border = 2

    /// How many pixels wide and high each of the pictures' is drawn: small ones are hard to see.
    private var scale: Int { max(1, 64 / max(width, height, 1)) }
    private var rows: Int { (cells.count + columns - 1) / columns }
    private var cellWidth: Int { width * scale + 2 * border }
    private var cellHeight: Int { height * scale + 2 * border }

    /// All in one: RGB bytes and the sizes.
    var picture: (pixels: [UInt8], width: Int, height: Int) {
        let (across, down) = (cellWidth * columns, cellHeight * rows)
        var pixels = [UInt8](repeating: 255, count: across * down * 3)
        for (place, cell) in cells.enumerated() {
            let (left, top) = (place % columns * cellWidth, place / columns * cellHeight)
            for y in 0..<cellHeight {
                for x in 0..<cellWidth {
                    let start = ((top + y) * across + left + x) * 3
                    let colour = colour(of: cell, x - border, y - border)
                    for channel in 0..<3 { pixels[start + channel] = colour[colour.startIndex + channel] }
                }
            }
        }
        return (pixels, across, down)
    }

    private func colour(of cell: Cell, _ x: Int, _ y: Int) -> ArraySlice<UInt8> {
        guard x >= 0, y >= 0, x < width * scale, y < height * scale else { return cell.frame[...] }
        let start = (y / scale * width + x / scale) * 3
        return cell.pixels[start..<start + 3]
    }
}
