// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension Scan {
    /// One chain for each place outside the axis.
    func run(from inputs: [Operand], to output: Operand) {
        if output.dtype.isFloatingPoint {
            let factors = function == .recurrence ? inputs[1].reals() : []
            output.write(chains(inputs[0].reals(), factors, inputs[0].shape, one: 1, zero: 0, +, *))
        } else {
            let factors = function == .recurrence ? inputs[1].integers() : []
            output.write(chains(inputs[0].integers(), factors, inputs[0].shape, one: 1, zero: 0, &+, &*))
        }
    }

    private func chains<Number>(
        _ x: [Number], _ factors: [Number], _ shape: Shape, one: Number, zero: Number,
        _ add: (Number, Number) -> Number, _ multiply: (Number, Number) -> Number
    ) -> [Number] {
        var result = x
        let count = shape.rank == 0 ? 1 : shape[axis]
        let inner = shape.dimensions.dropFirst(axis + 1).reduce(1, *)
        guard !x.isEmpty else { return x }
        for chain in 0..<(x.count / count) {
            var state = function == .product ? one : zero
            for step in 0..<count {
                let place = reverse ? count - 1 - step : step
                let index = (chain / inner * count + place) * inner + chain % inner
                let before = state
                switch function {
                case .sum: state = add(state, x[index])
                case .product: state = multiply(state, x[index])
                case .recurrence: state = add(multiply(factors[index], state), x[index])
                }
                result[index] = exclusive ? before : state
            }
        }
        return result
    }
}
