// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension OptimizerStep {
    /// Steps tensor by tensor.
    func run(from inputs: [Operand], to outputs: [Operand]) {
        for tensor in 0..<count {
            let first = tensor * (2 + slots)
            let scaled = inputs[first + 1].reals().map { $0 * gradientScale }
            let state = (0..<slots).map { inputs[first + 2 + $0].reals() }
            let dtype = inputs[first].dtype
            let results = updated(inputs[first].reals(), scaled, state, dtype)
            for (output, numbers) in zip(outputs[(tensor * (1 + slots))...], results) { output.write(numbers) }
        }
    }

    /// Parameter and state after the step.
    private func updated(
        _ parameter: [Double], _ gradient: [Double], _ state: [[Double]], _ dtype: DType
    ) -> [[Double]] {
        if case .program(let program) = rule {
            let inputs = [parameter, gradient] + state
            return program.results(inputs, count: parameter.count, arithmetic: dtype.arithmetic)
        }
        var results = [[Double]](repeating: [], count: 1 + slots)
        for element in parameter.indices {
            let new = updated(parameter[element], gradient[element], state.map { $0[element] })
            for (output, number) in new.enumerated() { results[output].append(number) }
        }
        return results
    }

    private func updated(_ p: Double, _ gradient: Double, _ state: [Double]) -> [Double] {
        switch rule {
        case .sgd(let learningRate, let momentum, let dampening, let nesterov, let weightDecay, let firstStep):
            let g = gradient + weightDecay * p
            if momentum == 0 { return [p - learningRate * g] }
            let b = firstStep ? g : momentum * state[0] + (1 - dampening) * g
            return [p - learningRate * (nesterov ? g + momentum * b : b), b]
        case .adam(
            let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let decoupled, let correction1,
            let correction2):
            let g = decoupled ? gradient : gradient + weightDecay * p
            let decayed = decoupled ? p - learningRate * weightDecay * p : p
            let m = beta1 * state[0] + (1 - beta1) * g
            let v = beta2 * state[1] + (1 - beta2) * g * g
            let step = learningRate / correction1 * m / ((v / correction2).squareRoot() + epsilon)
            return [decayed - step, m, v]
        case .program: internalFault("a program is run for all elements at once")
        }
    }
}
