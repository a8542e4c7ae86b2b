// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension NormalizationRequest {
    /// Forward, or the gradient, group by group.
    func run(from inputs: [Operand], to outputs: [Operand]) {
        let x = inputs[backward ? 1 : 0]
        let members = members(of: x.shape)
        let last = inputs[inputs.count - 1]
        if backward {
            runBackward(inputs, members, weight: weighted ? last.reals() : nil, to: outputs)
        } else {
            runForward(
                x.reals(), members, weight: weighted ? inputs[1].reals() : nil, bias: biased ? last.reals() : nil,
                to: outputs)
        }
    }

    /// For each group its elements, by their number in row-major order, and the column of weight and bias of each.
    private func members(of shape: Shape) -> [[(element: Int, column: Int)]] {
        if group == .channel {
            let inner = shape.dimensions.dropFirst(2).reduce(1, *)
            return (0..<shape[1]).map { channel in
                (0..<shape[0]).flatMap { sample in
                    (0..<inner).map { ((sample * shape[1] + channel) * inner + $0, channel) }
                }
            }
        }
        return (0..<shape[0]).map { row in (0..<shape[1]).map { (row * shape[1] + $0, $0) } }
    }

    private func runForward(
        _ x: [Double], _ members: [[(element: Int, column: Int)]], weight: [Double]?, bias: [Double]?,
        to outputs: [Operand]
    ) {
        var y = x
        var means: [Double] = []
        var variances: [Double] = []
        for group in members {
            let values = group.map { x[$0.element] }
            let mean = self.group == .uncenteredRow ? 0 : values.reduce(0, +) / Double(values.count)
            let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
            means.append(mean)
            variances.append(variance)
            for (element, column) in group {
                let normal = (x[element] - mean) / (variance + epsilon).squareRoot()
                y[element] = normal * (weight?[column] ?? 1) + (bias?[column] ?? 0)
            }
        }
        outputs[0].write(y)
        outputs[1].write(means)
        outputs[2].write(variances)
    }

    /// With z the normalized x and h = g · weight: ∂x = (h − mean(h) − z · mean(h z)) / √(variance + ε).
    private func runBackward(
        _ inputs: [Operand], _ members: [[(element: Int, column: Int)]], weight: [Double]?, to outputs: [Operand]
    ) {
        let (upstream, x, means, variances) = (
            inputs[0].reals(), inputs[1].reals(), inputs[2].reals(), inputs[3].reals()
        )
        var gradient = x
        let columns = group == .channel ? members.count : inputs[1].shape[1]
        var weightGradient = [Double](repeating: 0, count: columns)
        var biasGradient = weightGradient
        for (number, group) in members.enumerated() {
            let scale = 1 / (variances[number] + epsilon).squareRoot()
            var (sum, products) = (0.0, 0.0)
            for (element, column) in group {
                let normal = (x[element] - means[number]) * scale
                weightGradient[column] += upstream[element] * normal
                biasGradient[column] += upstream[element]
                sum += upstream[element] * (weight?[column] ?? 1)
                products += upstream[element] * (weight?[column] ?? 1) * normal
            }
            let count = Double(group.count)
            for (element, column) in group {
                let normal = (x[element] - means[number]) * scale
                let own = upstream[element] * (weight?[column] ?? 1)
                let common = self.group == .uncenteredRow ? 0 : sum / count
                gradient[element] = scale * (own - common - normal * products / count)
            }
        }
        outputs[0].write(gradient)
        if weighted { outputs[1].write(weightGradient) }
        if biased { outputs[weighted ? 2 : 1].write(biasGradient) }
    }
}
