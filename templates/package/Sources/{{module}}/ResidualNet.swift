import Kindling

/// A model of this project's own: linear layers, each added to what went into it.
final class ResidualNet: Layer {
    private let entry: Linear
    private let blocks: [Linear]
    private let exit: Linear

    init(_ inFeatures: Int, width: Int, depth: Int, _ outFeatures: Int) {
        entry = Linear(inFeatures, width)
        blocks = (0..<depth).map { _ in Linear(width, width) }
        exit = Linear(width, outFeatures)
    }

    func forward(_ input: Tensor) -> Tensor {
        var x = entry(input).relu()
        for block in blocks { x = x + block(x).relu() }
        return exit(x)
    }

    /// What recipes call it, and what it takes: the fields, in the order of the closure's parameters.
    static let component = Component<any Layer>(
        "ResidualNet", "Linear layers, each added to what went into it.",
        Field<Int>(required: "inFeatures", in: .atLeast(1), "Features that go in."),
        Field("width", default: 16, in: .atLeast(1), "Features inside."),
        Field("depth", default: 2, in: .nonNegative, "How many layers are added."),
        Field<Int>(required: "outFeatures", in: .atLeast(1), "Features that come out.")
    ) { inFeatures, width, depth, outFeatures in
        ResidualNet(inFeatures, width: width, depth: depth, outFeatures)
    }
}
