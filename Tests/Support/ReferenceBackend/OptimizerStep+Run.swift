// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension OptimizerStep {
    /// Steps tensor by tensor.
    func run(from inputs: [Operand], to outputs: [Operand]) {
        for tensor in 0..<count {
            let first = tensor * (2 + slots)
            let scaled = inputs[first + 1].reals().map { $0 * gradientScale }
            let state = (0..<slots).map { inputs[first + 2 + $0].reals() }
            let (shape, dtype) = (inputs[first].shape, inputs[first].dtype)
            let results =
                wholeTensor(inputs[first].reals(), scaled, state, shape, dtype)
                ?? updated(inputs[first].reals(), scaled, state, dtype)
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
            let correction2, let amsgrad):
            let (kept, g) = decayed(p, gradient, weightDecay, learningRate, decoupled)
            let (m, v) = moments(state, g, beta1, beta2)
            let largest = amsgrad ? max(state[2], v) : v
            let step = learningRate / correction1 * m / ((largest / correction2).squareRoot() + epsilon)
            return [kept - step, m, v] + (amsgrad ? [largest] : [])
        case .adamax(let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let correction1):
            let g = gradient + weightDecay * p
            let m = beta1 * state[0] + (1 - beta1) * g
            let u = max(beta2 * state[1], abs(g) + epsilon)
            return [p - learningRate / correction1 * m / u, m, u]
        case .nadam(
            let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let decoupled, let gradientShare,
            let momentumShare, let correction2):
            let (kept, g) = decayed(p, gradient, weightDecay, learningRate, decoupled)
            let (m, v) = moments(state, g, beta1, beta2)
            let step = (gradientShare * g + momentumShare * m) / ((v / correction2).squareRoot() + epsilon)
            return [kept - learningRate * step, m, v]
        case .radam(
            let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let decoupled, let correction1,
            let correction2, let rectification):
            let (kept, g) = decayed(p, gradient, weightDecay, learningRate, decoupled)
            let (m, v) = moments(state, g, beta1, beta2)
            let scale = rectification > 0 ? rectification * correction2.squareRoot() / (v.squareRoot() + epsilon) : 1
            return [kept - learningRate / correction1 * m * scale, m, v]
        case .rmsProp(let learningRate, let smoothing, let epsilon, let weightDecay, let momentum, let centered):
            let g = gradient + weightDecay * p
            let v = smoothing * state[0] + (1 - smoothing) * g * g
            let a = centered ? smoothing * state[1] + (1 - smoothing) * g : 0
            let d = g / (max(v - a * a, 0).squareRoot() + epsilon)
            let b = momentum == 0 ? d : momentum * state[centered ? 2 : 1] + d
            return [p - learningRate * b, v] + (centered ? [a] : []) + (momentum == 0 ? [] : [b])
        case .adagrad(let learningRate, let epsilon, let weightDecay):
            let g = gradient + weightDecay * p
            let s = state[0] + g * g
            return [p - learningRate * g / (s.squareRoot() + epsilon), s]
        case .adadelta(let learningRate, let smoothing, let epsilon, let weightDecay):
            let g = gradient + weightDecay * p
            let v = smoothing * state[0] + (1 - smoothing) * g * g
            let d = (state[1] + epsilon).squareRoot() / (v + epsilon).squareRoot() * g
            return [p - learningRate * d, v, smoothing * state[1] + (1 - smoothing) * d * d]
        case .lion(let learningRate, let beta1, let beta2, let weightDecay):
            let mixed = beta1 * state[0] + (1 - beta1) * gradient
            let direction: Double = mixed > 0 ? 1 : mixed < 0 ? -1 : mixed
            let kept = p - learningRate * weightDecay * p
            return [kept - learningRate * direction, beta2 * state[0] + (1 - beta2) * gradient]
        case .lamb, .adafactor: internalFault("a rule that knows sums of whole tensors is run for a tensor at once")
        case .program: internalFault("a program is run for all elements at once")
        }
    }

    /// Parameter and gradient after weight decay.
    private func decayed(
        _ p: Double, _ g: Double, _ weightDecay: Double, _ learningRate: Double, _ decoupled: Bool
    ) -> (Double, Double) {
        decoupled ? (p - learningRate * weightDecay * p, g) : (p, g + weightDecay * p)
    }

    /// First and second moment after the step.
    private func moments(_ state: [Double], _ g: Double, _ beta1: Double, _ beta2: Double) -> (Double, Double) {
        (beta1 * state[0] + (1 - beta1) * g, beta2 * state[1] + (1 - beta2) * g * g)
    }
}
