// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension Reduction {
    /// Combines the elements that fall on one output element, in row-major order.
    func run(from input: Operand, to output: Operand) {
        let groups = groups(of: input.shape, count: output.shape.elementCount)
        if input.dtype.isFloatingPoint || function == .sum && scale != 1 {
            let numbers = input.reals()
            output.write(groups.map { combine($0.map { numbers[$0] }) })
        } else {
            let numbers = input.integers()
            output.write(groups.map { combine($0.map { numbers[$0] }) })
        }
    }

    /// For each output element, the numbers of the input elements that become it.
    private func groups(of shape: Shape, count: Int) -> [[Int]] {
        var groups = [[Int]](repeating: [], count: count)
        for element in 0..<shape.elementCount {
            var rest = element
            var group = 0
            var step = 1
            for axis in (0..<shape.rank).reversed() {
                if axes >> UInt8(axis) & 1 == 0 {
                    group += rest % shape[axis] * step
                    step *= shape[axis]
                }
                rest /= shape[axis]
            }
            groups[group].append(element)
        }
        return groups
    }

    private func combine(_ numbers: [Double]) -> Double {
        switch function {
        case .sum: numbers.reduce(0, +) * scale
        case .product: numbers.reduce(1, *)
        case .minimum: numbers.reduce(.infinity) { ScalarFunction.minimum.value($0, $1, 0) }
        case .maximum: numbers.reduce(-.infinity) { ScalarFunction.maximum.value($0, $1, 0) }
        case .argumentOfMinimum: Double(firstPlace(in: numbers) { $0 < $1 || $0.isNaN && !$1.isNaN })
        case .argumentOfMaximum: Double(firstPlace(in: numbers) { $0 > $1 || $0.isNaN && !$1.isNaN })
        }
    }

    private func combine(_ numbers: [Int64]) -> Int64 {
        switch function {
        case .sum: numbers.reduce(0, &+)
        case .product: numbers.reduce(1, &*)
        case .minimum: numbers.reduce(.max, Swift.min)
        case .maximum: numbers.reduce(.min, Swift.max)
        case .argumentOfMinimum: Int64(firstPlace(in: numbers, where: <))
        case .argumentOfMaximum: Int64(firstPlace(in: numbers, where: >))
        }
    }

    /// The place of the first number that beats all before it and is beaten by none.
    private func firstPlace<Number>(in numbers: [Number], where beats: (Number, Number) -> Bool) -> Int {
        var place = 0
        for (candidate, number) in numbers.enumerated() where beats(number, numbers[place]) { place = candidate }
        return place
    }
}
