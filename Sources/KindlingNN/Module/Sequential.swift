// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Layers one after the other.
///
///     let net = Sequential {
///         Linear(4, 16)
///         ReLU()
///         Linear(16, 3)
///     }
///
/// A part is `net[0]`, several are `net[0..<2]`. Members are named by their place: `0.weight`, `2.bias`. The builder takes `if`, `else` and `for`.
public final class Sequential: Layer {
    /// The layers, in order.
    public let layers: [any Layer]

    /// Layers from an array.
    public init(_ layers: [any Layer]) { self.layers = layers }

    /// Layers from a builder.
    public convenience init(@LayerBuilder _ layers: () -> [any Layer]) { self.init(layers()) }

    /// The number of layers.
    public var count: Int { layers.count }

    /// The layer at a place, −1 being the last; nil where there is none.
    public subscript(place: Int) -> (any Layer)? {
        let index = place < 0 ? layers.count + place : place
        return layers.indices.contains(index) ? layers[index] : nil
    }

    /// The same layers from one place up to another, as a sequence of their own; weights are shared.
    ///
    ///     let features = net[0..<6]
    public subscript(places: Range<Int>) -> Sequential { Sequential(Array(layers[places.clamped(to: layers.indices)])) }

    /// The layers under their places.
    public var members: [ModuleMember] {
        layers.enumerated().map { ModuleMember(name: String($0), .module($1)) }
    }

    /// Each layer's result goes into the next.
    public func forward(_ input: Tensor) -> Tensor {
        var x = input
        for layer in layers { x = layer(x) }
        return x
    }

    /// `sequential`.
    public var kerasName: String { "sequential" }

    static let component = Component<any Layer>(
        "Sequential", "Layers one after the other.",
        Field(list: "layers", of: LayerKind.kind, required: true, "The layers, in order.")
    ) { layers in Sequential(layers) }
}

/// Collects layers, so that a ``Sequential`` reads as a list.
@resultBuilder
public enum LayerBuilder {
    /// One layer.
    public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
    /// Several layers made elsewhere.
    public static func buildExpression(_ layers: [any Layer]) -> [any Layer] { layers }
    /// A list.
    public static func buildBlock(_ parts: [any Layer]...) -> [any Layer] { parts.flatMap { $0 } }
    /// A loop.
    public static func buildArray(_ parts: [[any Layer]]) -> [any Layer] { parts.flatMap { $0 } }
    /// An `if` without `else`.
    public static func buildOptional(_ part: [any Layer]?) -> [any Layer] { part ?? [] }
    /// The `if` side.
    public static func buildEither(first part: [any Layer]) -> [any Layer] { part }
    /// The `else` side.
    public static func buildEither(second part: [any Layer]) -> [any Layer] { part }
}
