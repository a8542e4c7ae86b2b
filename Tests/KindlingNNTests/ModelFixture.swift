// SPDX-License-Identifier: Apache-2.0
import Glibc
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// What torchvision's models gave for weights that follow from their place, by `make_models.py`.
struct ModelFixture: Decodable, Sendable {
    /// PyTorch's names of all values, in order, and their shapes.
    let names: [String]
    let shapes: [[Int]]
    let input: [Int]
    let shape: [Int]
    let output: [Double]
    let loss: Double?
    /// By PyTorch's name: Σ cos(0.7 i) g, Σ sin(0.9 i) g, the length and the first element.
    let gradients: [String: [Double]]?

    static let all = fixtures("models", of: ModelFixture.self)

    /// PyTorch's state dictionary.
    var stateDictionary: [(name: String, value: Tensor)] {
        zip(names, shapes).enumerated().map { place, entry in
            let (name, sizes) = entry
            return (name, modelValue(name, Shape(sizes), place))
        }
    }

    var inputs: Tensor { sines(Shape(input), 0) { $0 } }
}

/// f(sin(1.3 i + place)), float32.
private func sines(_ shape: Shape, _ place: Int, _ map: (Double) -> Double) -> Tensor {
    let count = shape.elementCount
    let scalars = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
        for index in 0..<count { buffer[index] = Float(map(sin(1.3 * Double(index) + Double(place)))) }
        initialized = count
    }
    return Tensor(scalars, shape: shape)
}

/// The value that `make_models.py` gives a name.
private func modelValue(_ name: String, _ shape: Shape, _ place: Int) -> Tensor {
    if name.hasSuffix("num_batches_tracked") { return Tensor([0] as [Int64], shape: []) }
    if name.hasSuffix("running_var") { return sines(shape, place) { 1 + 0.5 * $0 } }
    if shape.rank >= 2 {
        let scale = 2 / Double(max(1, shape.dimensions.dropFirst().reduce(1, *))).squareRoot()
        return sines(shape, place) { $0 * scale }
    }
    return name.hasSuffix("weight") ? sines(shape, place) { 1 + 0.1 * $0 } : sines(shape, place) { 0.1 * $0 }
}

extension Layer {
    /// Makes every weight and statistic a float64.
    func widen() throws {
        for parameter in parameters { parameter.value = parameter.value.detached().converted(to: .float64) }
        for (_, buffer) in namedBuffers { buffer.value = buffer.value.converted(to: .float64) }
    }
}
