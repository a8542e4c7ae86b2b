import Kindling

/// Linear layers with tanh between them: `[N, 2]` → `[N, 2]`.
final class SpiralNet: Layer {
    let layers: Sequential

    init(width: Int = 32, depth: Int = 2) {
        layers = Sequential {
            for index in 0..<max(1, depth) {
                Linear(index == 0 ? 2 : width, width)
                Tanh()
            }
            Linear(width, 2)
        }
    }

    func forward(_ input: Tensor) -> Tensor { layers(input) }

    /// What recipes call it, and what it takes: the fields, in the order of the closure's parameters.
    static let component = Component<any Layer>(
        "SpiralNet", "Linear layers with tanh between them.",
        Field("width", default: 32, in: .atLeast(1), "Features inside."),
        Field("depth", default: 2, in: .atLeast(1), "Layers before the last one.")
    ) { width, depth in SpiralNet(width: width, depth: depth) }
}
