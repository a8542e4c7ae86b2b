// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension OpenCLBackend {
    /// Queues a random fill: an item a block of Philox, which is four elements, or two in float64.
    func random(_ fill: RandomFill, _ output: Operand) throws(TensorError) {
        let count = output.shape.elementCount
        guard count > 0 else { return }  // No elements, no work.
        let arithmetic: Arithmetic = output.dtype == .float64 ? .float64 : .float32
        try requireFloat64([output.dtype], arithmetic, "random")
        var key = KernelKey(.random)
        key.add(output.dtype)
        let (kind, a, b): (RandomSource.Kind, Double, Double) =
            switch fill.distribution {
            case .uniform(let low, let high): (.uniform, low, high)
            case .normal(let mean, let standardDeviation): (.normal, mean, standardDeviation)
            case .bernoulli(let probability):
                (.bernoulli, arithmetic == .float32 ? Self.threshold(probability) : probability, 0)
            }
        key.add(kind.rawValue)
        let kernel = try programs.kernel(key, for: "random") { RandomSource(kind: kind, dtype: output.dtype).text }
        let blocks = (count + (arithmetic == .float64 ? 1 : 3)) / (arithmetic == .float64 ? 2 : 4)
        let arguments: [KernelArgument] = [
            .buffer(output.storage), .long(Int64(output.offset)), .long(Int64(count)), .unsignedLong(fill.key),
            .unsignedLong(fill.stream), .number(a, arithmetic), .number(b, arithmetic),
        ]
        try launch(kernel, arguments, over: .line(blocks, group: lineGroup), for: "random")
    }

    /// The multiple of 2⁻²⁴ that the same uniform float32 numbers lie below; float32 holds it exactly.
    private static func threshold(_ probability: Double) -> Double {
        (probability * 0x1p24).rounded(.up) * 0x1p-24
    }
}
