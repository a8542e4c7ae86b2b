// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// A multi-layer perceptron: flattened inputs, linear layers with ReLU between.
///
///     MLP(784, hidden: [256, 128], 10)      // 235,146 parameters
public final class MLP: Layer {
    private let layers: Sequential

    /// A perceptron of such widths.
    /// - Parameters:
    ///   - inFeatures: Features of one sample, all axes together.
    ///   - hidden: The widths between, outermost first.
    ///   - outFeatures: Features that come out.
    public init(_ inFeatures: Int, hidden: [Int], _ outFeatures: Int) {
        var width = inFeatures
        var all: [any Layer] = [Flatten()]
        for next in hidden {
            all.append(Linear(width, next))
            all.append(ReLU())
            width = next
        }
        all.append(Linear(width, outFeatures))
        layers = Sequential(all)
    }

    /// The inner layers under their places.
    public var members: [ModuleMember] { layers.members }

    /// The perceptron's output.
    public func forward(_ input: Tensor) -> Tensor { layers.forward(input) }

    /// A sequence to Keras.
    public var kerasName: String { "sequential" }

    static let component = Component<any Layer>(
        "MLP", "A multi-layer perceptron with ReLU between its linear layers.",
        Field<Int>(required: "inFeatures", in: .atLeast(1), "Features of one sample."),
        Field("hidden", default: [128], in: .atLeast(1), "The widths between."),
        Field<Int>(required: "outFeatures", in: .atLeast(1), "Features that come out.")
    ) { inFeatures, hidden, outFeatures in MLP(inFeatures, hidden: hidden, outFeatures) }
}
