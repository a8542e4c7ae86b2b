// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension ConvolutionRequest {
    /// Visits every product x · weight that adds to an element of y, and sums it, or the gradient that flows through.
    func run(from inputs: [Operand], to outputs: [Operand]) {
        let x = direction == .inputGradient ? outputs[0] : inputs[0]
        let y = direction == .forward ? outputs[0] : direction == .inputGradient ? inputs[0] : inputs[1]
        let weight = direction == .weightGradient ? outputs[0] : inputs[1]
        switch direction {
        case .forward:
            let values = x.reals()
            let weights = weight.reals()
            var sums = start(bias ? inputs[2].reals() : nil, for: y.shape)
            visit(x.shape, weight.shape, y.shape) { sums[$2] += values[$0] * weights[$1] }
            y.write(sums)
        case .inputGradient:
            let upstream = y.reals()
            let weights = weight.reals()
            var sums = [Double](repeating: 0, count: x.shape.elementCount)
            visit(x.shape, weight.shape, y.shape) { sums[$0] += upstream[$2] * weights[$1] }
            x.write(sums)
        case .weightGradient:
            let values = x.reals()
            let upstream = y.reals()
            var sums = [Double](repeating: 0, count: weight.shape.elementCount)
            visit(x.shape, weight.shape, y.shape) { sums[$1] += values[$0] * upstream[$2] }
            weight.write(sums)
            if bias { outputs[1].write(biasGradient(upstream, y.shape)) }
        }
    }

    /// Calls `body` with the element numbers in x, weight and y of every product.
    private func visit(_ x: Shape, _ weight: Shape, _ y: Shape, body: (Int, Int, Int) -> Void) {
        let picture = PictureSizes(x)
        let result = PictureSizes(y)
        let taps = window.taps(over: picture, windows: result).filter { $0.source != nil }
        let inputsPerGroup = picture.channels / groups
        let outputsPerGroup = result.channels / groups
        let windowArea = PictureSizes(weight).area
        for image in 0..<picture.batch {
            for output in 0..<result.channels {
                for input in 0..<inputsPerGroup {
                    let channel = output / outputsPerGroup * inputsPerGroup + input
                    let source = (image * picture.channels + channel) * picture.area
                    let filter = (output * inputsPerGroup + input) * windowArea
                    let target = (image * result.channels + output) * result.area
                    for tap in taps {
                        guard let element = tap.source else { continue }  // padding adds nothing
                        body(source + element, filter + tap.element, target + tap.window)
                    }
                }
            }
        }
    }

    private func start(_ bias: [Double]?, for y: Shape) -> [Double] {
        guard let bias else { return [Double](repeating: 0, count: y.elementCount) }
        let area = PictureSizes(y).area
        return (0..<y.elementCount).map { bias[$0 / area % y[1]] }
    }

    private func biasGradient(_ upstream: [Double], _ y: Shape) -> [Double] {
        var sums = [Double](repeating: 0, count: y[1])
        let area = PictureSizes(y).area
        for (element, value) in upstream.enumerated() { sums[element / area % y[1]] += value }
        return sums
    }
}
