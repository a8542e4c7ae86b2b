// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// Random numbers by counter.
    func random(_ fill: RandomFill, _ outputs: Span<Operand>) {
        let output = outputs[0]
        let kind: Int, first: Double, second: Double
        switch fill.distribution {
        case .uniform(let low, let high): (kind, first, second) = (kd_uniform, low, high)
        case .normal(let mean, let standardDeviation): (kind, first, second) = (kd_normal, mean, standardDeviation)
        case .bernoulli(let probability): (kind, first, second) = (kd_bernoulli, probability, 0)
        }
        kd_random(
            Int32(kind), first, second, fill.key, fill.stream, output.address, output.dtype.kernelType,
            Int64(output.shape.elementCount))
    }
}
