// SPDX-License-Identifier: Apache-2.0

/// One picture's planes, whose colours are changed as torchvision changes those of tensors.
struct PictureColors {
    let pixels: UnsafeMutableBufferPointer<Float>
    let planeSize: Int
    /// Whether there is one plane instead of three.
    let isGrey: Bool
    /// The brightest value.
    let white: Float

    /// What can be changed.
    enum Change { case brightness, contrast, saturation, hue }

    func apply(_ change: Change, _ amount: Float) {
        switch change {
        case .brightness: for place in pixels.indices { pixels[place] = clamped(pixels[place] * amount) }
        case .contrast:
            var sum = 0.0
            for place in 0..<planeSize { sum += Double(luminance(place)) }
            let mean = Float(sum / Double(max(1, planeSize)))
            for place in pixels.indices { pixels[place] = clamped(pixels[place] * amount + mean * (1 - amount)) }
        case .saturation:
            guard !isGrey else { return }
            for place in 0..<planeSize {
                let grey = luminance(place) * (1 - amount)
                for plane in 0..<3 {
                    let index = plane * planeSize + place
                    pixels[index] = clamped(pixels[index] * amount + grey)
                }
            }
        case .hue:
            guard !isGrey else { return }
            for place in 0..<planeSize { turnHue(at: place, by: amount) }
        }
    }

    private func clamped(_ value: Float) -> Float { min(max(value, 0), white) }

    private func luminance(_ place: Int) -> Float {
        guard !isGrey else { return pixels[place] }
        return 0.2989 * pixels[place] + 0.587 * pixels[planeSize + place] + 0.114 * pixels[2 * planeSize + place]
    }

    /// To hue, saturation and value (Smith 1978) and back with the hue turned.
    private func turnHue(at place: Int, by share: Float) {
        let (red, green, blue) = (pixels[place], pixels[planeSize + place], pixels[2 * planeSize + place])
        let value = max(red, green, blue), chroma = value - min(red, green, blue)
        // Grey has no hue to turn.
        guard chroma > 0 else { return }
        let sixths: Float =
            value == red
            ? (green - blue) / chroma : value == green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma
        let turned = sixths / 6 + share
        let hue = (turned - turned.rounded(.down)) * 6
        func channel(_ offset: Float) -> Float {
            let distance = (offset + hue).truncatingRemainder(dividingBy: 6)
            return value - chroma * max(0, min(distance, 4 - distance, 1))
        }
        pixels[place] = channel(5)
        pixels[planeSize + place] = channel(3)
        pixels[2 * planeSize + place] = channel(1)
    }
}
