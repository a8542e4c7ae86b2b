// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension OptimizerStep {
    /// Parameter and state after the step of a rule that knows sums of whole tensors; nil for other rules.
    func wholeTensor(
        _ parameter: [Double], _ gradient: [Double], _ state: [[Double]], _ shape: Shape, _ dtype: DType
    ) -> [[Double]]? {
        switch rule {
        case .lamb(
            let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let correction1, let correction2):
            let m = zip(state[0], gradient).map { beta1 * $0 + (1 - beta1) * $1 }
            let v = zip(state[1], gradient).map { beta2 * $0 + (1 - beta2) * $1 * $1 }
            let change = parameter.indices.map {
                m[$0] / correction1 / ((v[$0] / correction2).squareRoot() + epsilon) + weightDecay * parameter[$0]
            }
            let (size, length) = (norm(parameter), norm(change))
            let rate = learningRate * (size > 0 && length > 0 ? size / length : 1)
            return [zip(parameter, change).map { $0 - rate * $1 }, m, v]
        case .adafactor(let rate, let pace, let epsilon, let minimumScale, let clipThreshold, let decay):
            guard !parameter.isEmpty else { return [parameter] + state }
            let epsilon = epsilon ?? (dtype == .float64 ? Double.ulpOfOne : Double(Float.ulpOfOne))
            let squares = gradient.map { $0 * $0 }
            let (moments, next) = secondMoments(squares, state, shape, pace, epsilon)
            let change = zip(gradient, moments).map { $0 / max($1, epsilon * epsilon).squareRoot() }
            let root = Double(parameter.count).squareRoot()
            let cut = max(1, norm(change) / root / clipThreshold)
            let length = rate * max(minimumScale, norm(parameter) / root) / cut
            return [zip(parameter, change).map { (1 - decay) * $0 - length * $1 }] + next
        case .sgd, .adam, .adamax, .nadam, .radam, .rmsProp, .adagrad, .adadelta, .lion, .program: return nil
        }
    }

    private func norm(_ numbers: [Double]) -> Double { numbers.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    /// Adafactor's second moments of all elements, and the slots that they come from.
    private func secondMoments(
        _ squares: [Double], _ state: [[Double]], _ shape: Shape, _ pace: Double, _ epsilon: Double
    ) -> (moments: [Double], slots: [[Double]]) {
        func followed(_ old: [Double], _ new: [Double]) -> [Double] { zip(old, new).map { $0 + pace * ($1 - $0) } }
        guard slots == 2 else {
            let moments = followed(state[0], squares)
            return (moments, [moments])
        }
        let (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
        let matrices = squares.count / (rows * columns)
        var (rowMeans, columnMeans) = (state[0].map { _ in 0.0 }, state[1].map { _ in 0.0 })
        for (place, square) in squares.enumerated() {
            rowMeans[place / columns] += square / Double(columns)
            columnMeans[place / (rows * columns) * columns + place % columns] += square / Double(rows)
        }
        let (r, c) = (followed(state[0], rowMeans), followed(state[1], columnMeans))
        let means = (0..<matrices).map { r[($0 * rows)..<(($0 + 1) * rows)].reduce(0, +) / Double(rows) }
        let moments = squares.indices.map { place in
            let matrix = place / (rows * columns)
            return r[place / columns] * c[matrix * columns + place % columns] / max(means[matrix], epsilon)
        }
        return (moments, [r, c])
    }
}
