// SPDX-License-Identifier: Apache-2.0

import Glibc
import KindlingBackend

extension RandomFill {
    /// Draws element by element.
    func run(to output: Operand) {
        let isDouble = output.dtype == .float64
        let numbers = (0..<output.shape.elementCount).map { number($0, isDouble: isDouble) }
        let isInteger = !output.dtype.isFloatingPoint && output.dtype != .bool
        output.write(isInteger ? numbers.map { $0.rounded(.down) } : numbers)
    }

    private func number(_ element: Int, isDouble: Bool) -> Double {
        switch distribution {
        case .uniform(let low, let high): low + uniform(element, isDouble) * (high - low)
        case .bernoulli(let probability): uniform(element, isDouble) < probability ? 1 : 0
        case .normal(let mean, let standardDeviation): mean + standardDeviation * normal(element, isDouble)
        }
    }

    private func normal(_ element: Int, _ isDouble: Bool) -> Double {
        let even = element - element % 2
        let radius = (-2 * log(1 - uniform(even, isDouble))).squareRoot()
        let angle = 2 * Double.pi * uniform(even + 1, isDouble)
        return radius * (element == even ? cos(angle) : sin(angle))
    }

    private func uniform(_ element: Int, _ isDouble: Bool) -> Double {
        if isDouble {
            let words = philox(key: key, block: UInt64(element / 2), stream: stream)
            let number = UInt64(words[2 * (element % 2)]) << 32 | UInt64(words[2 * (element % 2) + 1])
            return Double(number >> 11) * 0x1p-53
        }
        let words = philox(key: key, block: UInt64(element / 4), stream: stream)
        return Double(words[element % 4] >> 8) * 0x1p-24
    }
}
