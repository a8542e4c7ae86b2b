// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension Sort {
    /// Row by row; pairs of element and place have one order only.
    func run(from input: Operand, to output: Operand) {
        let length = input.shape.last
        guard length > 0 else { return }
        if input.dtype.isFloatingPoint {
            output.write(places(input.reals(), length) { $0 < $1 || (!$0.isNaN && $1.isNaN) })
        } else {
            output.write(places(input.integers(), length, <))
        }
    }

    private func places<Number>(_ x: [Number], _ length: Int, _ isSmaller: (Number, Number) -> Bool) -> [Int64] {
        stride(from: 0, to: x.count, by: length).flatMap { start in
            (0..<length).sorted { left, right in
                let a = x[start + left]
                let b = x[start + right]
                if isSmaller(a, b) { return !descending }
                if isSmaller(b, a) { return descending }
                return left < right
            }.prefix(count).map(Int64.init)
        }
    }
}
