// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Adds what some layers make of an input to the input: y = f(x) + p(x) (He and others 2016).
///
/// p is the input itself, or a projection where f changes the shape. Output: f(x)'s shape, which must be p(x)'s: nothing
/// is broadcast.
///
///     Residual { Linear(64, 64); ReLU(); Linear(64, 64) }
///     Residual(projection: Conv2D(16, 32, kernelSize: 1, stride: 2)) { Conv2D(16, 32, kernelSize: 3, stride: 2, padding: 1) }
///
/// Members are named `body.0.weight` and `projection.weight`.
public final class Residual: Layer {
    /// f.
    public let body: Sequential
    /// p, or nil for the input itself.
    public let projection: (any Layer)?

    /// Layers from an array, with a way around them.
    public init(projection: (any Layer)? = nil, _ layers: [any Layer]) {
        body = Sequential(layers)
        self.projection = projection
    }

    /// Layers from a builder, with a way around them.
    public convenience init(projection: (any Layer)? = nil, @LayerBuilder _ layers: () -> [any Layer]) {
        self.init(projection: projection, layers())
    }

    /// f(x) + p(x).
    public func forward(_ input: Tensor) -> Tensor {
        let (change, kept) = (body(input), projection?(input) ?? input)
        guard change.shape == kept.shape || change.isPlaceholder || kept.isPlaceholder else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: "residual",
                    "the layers give \(change.shape), the way around them \(kept.shape)",
                    remedy: projection == nil
                        ? "give it a projection that changes the shape as the layers do"
                        : "let the projection change the shape as the layers do"), change.spec)
        }
        return change + kept
    }

    static let component = Component<any Layer>(
        "Residual", "Adds what some layers make of an input to the input.",
        Field(list: "layers", of: LayerKind.kind, required: true, "What is added, in order."),
        Field(optional: "projection", of: LayerKind.kind, "What becomes of the input; null leaves it as it is.")
    ) { layers, projection in Residual(projection: projection, layers) }
}
