// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingDeclarations
public import KindlingEngine

/// Gives one input to several layers and joins what they make of it.
///
///     Branches {                                     // an inception block: [N, 3, H, W] → [N, 24, H, W]
///         Conv2D(3, 16, kernelSize: 1)
///         Conv2D(3, 8, kernelSize: 3, padding: 1)
///     }
///     Branches(joinedBy: .add) { Identity(); Linear(8, 8) }
///
/// Members are named by their place, `0.weight`, as a ``Sequential``'s; a branch of several layers is a `Sequential`.
public final class Branches: Layer {
    /// How results are joined: Keras' merging layers.
    public enum Join: String, FieldChoice {
        /// One after the other along an axis.
        case concatenate
        /// The sum.
        case add
        /// The product, element by element.
        case multiply
        /// The mean, element by element.
        case average
        /// The largest, element by element.
        case maximum
        /// The smallest, element by element.
        case minimum
    }

    /// The layers, in order.
    public let layers: [any Layer]
    private let join: Join
    private let axis: Int

    /// Layers from an array, side by side.
    /// - Parameters:
    ///   - join: How results are joined.
    ///   - axis: Along which they are concatenated; the others do not use it.
    ///   - layers: At least one.
    public init(joinedBy join: Join = .concatenate, axis: Int = 1, _ layers: [any Layer]) {
        self.layers = layers
        self.join = join
        self.axis = axis
    }

    /// Layers from a builder, side by side.
    public convenience init(
        joinedBy join: Join = .concatenate, axis: Int = 1, @LayerBuilder _ layers: () -> [any Layer]
    ) {
        self.init(joinedBy: join, axis: axis, layers())
    }

    /// The layers under their places.
    public var members: [ModuleMember] {
        layers.enumerated().map { ModuleMember(name: String($0), .module($1)) }
    }

    /// What the layers give, joined.
    public func forward(_ input: Tensor) -> Tensor {
        let results = layers.map { $0(input) }
        guard let first = results.first else { return input.refused(Branches.noLayers, by: "branches") }
        if let failed = results.first(where: \.isPlaceholder) { return failed }
        if join == .concatenate { return .concatenated(results, along: axis) }
        if let other = results.first(where: { $0.shape != first.shape }) {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: "branches", "the branches give \(first.shape) and \(other.shape)",
                    remedy: "let all of them give one shape, or concatenate"), first.spec)
        }
        let joined = results.dropFirst().reduce(first, combine)
        return join == .average ? joined / Double(results.count) : joined
    }

    private func combine(_ left: Tensor, _ right: Tensor) -> Tensor {
        switch join {
        case .add, .average, .concatenate: left + right
        case .multiply: left * right
        case .maximum: left.maximum(right)
        case .minimum: left.minimum(right)
        }
    }

    private static let noLayers = LayerError("branches", 0, must: "be at least one layer")

    static let component = Component<any Layer>(
        "Branches", "Gives one input to several layers and joins what they make of it.",
        Field(list: "layers", of: LayerKind.kind, required: true, "The layers, side by side."),
        Field("join", default: Join.concatenate, "How results are joined."),
        Field("axis", default: 1, "Along which they are concatenated.")
    ) { layers, join, axis in
        guard !layers.isEmpty else { throw noLayers }
        return Branches(joinedBy: join, axis: axis, layers)
    }
}
