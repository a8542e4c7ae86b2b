// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension Pooling {
    /// Pools channel by channel.
    func run(from inputs: [Operand], to outputs: [Operand]) {
        let picture = PictureSizes(backward ? outputs[0].shape : inputs[0].shape)
        let windows = PictureSizes(backward ? inputs[0].shape : outputs[0].shape)
        let taps = Dictionary(grouping: window.taps(over: picture, windows: windows), by: \.window)
        let sources = (0..<windows.area).map { (taps[$0] ?? []).map(\.source) }
        switch (function, backward) {
        case (.maximum, false): maximum(inputs[0], sources, picture, to: outputs)
        case (.maximum, true): spread(inputs[0], to: inputs[1], picture, windows, to: outputs[0])
        case (.average, false), (.averageInside, false): average(inputs[0], sources, picture, to: outputs[0])
        case (.average, true), (.averageInside, true): share(inputs[0], sources, picture, to: outputs[0])
        }
    }

    private func maximum(_ x: Operand, _ sources: [[Int?]], _ picture: PictureSizes, to outputs: [Operand]) {
        let values = x.reals()
        var results: [Double] = []
        var places: [Int64] = []
        for channel in 0..<(picture.batch * picture.channels) {
            for window in sources {
                var largest = -Double.infinity
                var place = -1
                for case .some(let source) in window {
                    let value = values[channel * picture.area + source]
                    if place < 0 || value > largest || value.isNaN && !largest.isNaN {
                        largest = value
                        place = source
                    }
                }
                results.append(largest)
                places.append(Int64(place))
            }
        }
        outputs[0].write(results)
        outputs[1].write(places)
    }

    private func spread(
        _ upstream: Operand, to places: Operand, _ picture: PictureSizes, _ windows: PictureSizes, to output: Operand
    ) {
        var sums = [Double](repeating: 0, count: output.shape.elementCount)
        for (number, (value, place)) in zip(upstream.reals(), places.integers()).enumerated() where place >= 0 {
            sums[number / windows.area * picture.area + Int(place)] += value
        }
        output.write(sums)
    }

    private func average(_ x: Operand, _ sources: [[Int?]], _ picture: PictureSizes, to output: Operand) {
        let values = x.reals()
        var results: [Double] = []
        for channel in 0..<(picture.batch * picture.channels) {
            for window in sources {
                let sum = window.compactMap { $0 }.map { values[channel * picture.area + $0] }.reduce(0, +)
                results.append(sum / divisor(of: window))
            }
        }
        output.write(results)
    }

    private func share(_ upstream: Operand, _ sources: [[Int?]], _ picture: PictureSizes, to output: Operand) {
        let values = upstream.reals()
        var sums = [Double](repeating: 0, count: output.shape.elementCount)
        for channel in 0..<(picture.batch * picture.channels) {
            for (number, window) in sources.enumerated() {
                let value = values[channel * sources.count + number] / divisor(of: window)
                for case .some(let source) in window { sums[channel * picture.area + source] += value }
            }
        }
        output.write(sums)
    }

    /// A window without any element inside has the sum 0, and so the average 0.
    private func divisor(of window: [Int?]) -> Double {
        let count = function == .average ? window.count : window.compactMap { $0 }.count
        return Double(max(1, count))
    }
}
