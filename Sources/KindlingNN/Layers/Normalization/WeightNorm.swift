// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// A layer whose weight is learned as length and direction (Salimans and Kingma 2016).
///
/// weight = magnitude · v / ‖v‖, with one length for each place along an axis; v is the inner layer's own weight, and
/// the magnitude begins as ‖v‖, so that at first nothing changes. PyTorch's `weight_norm`: `original0` is the magnitude,
/// `original1` the inner weight.
///
///     WeightNorm(Linear(64, 10))      // parameters layer.weight, layer.bias, magnitude [10, 1]
public final class WeightNorm: Layer {
    /// The layer whose weight is normalized.
    public let layer: any Layer
    /// The lengths: the weight's size along the axis, and 1 along the others.
    public let magnitude = Parameter()
    private let axis: Int?

    /// Wraps a layer.
    /// - Parameters:
    ///   - layer: One with a parameter `weight`.
    ///   - axis: Along which each place has a length of its own; nil for a single length.
    public init(_ layer: any Layer, axis: Int? = 0) {
        self.layer = layer
        self.axis = axis
        buildMagnitude()
    }

    private func buildMagnitude() {
        guard let weight = weight(of: layer), weight.isBuilt else { return }  // refused, or built, by the first input
        let shape = weight.shape
        var sizes = Shape.ones(rank: shape.rank)
        if let axis {
            guard let place = shape.axis(axis) else { return }  // the first input tells
            sizes[place] = shape[place]
        }
        // Drawn on the thread that uses the parameter, as every first value is.
        nonisolated(unsafe) let direction = weight
        magnitude.build(sizes) { [axis] _, _, dtype, _ in lengths(direction.value, axis: axis).converted(to: dtype) }
    }

    /// The layer's result with the normalized weight.
    public func forward(_ input: Tensor) -> Tensor {
        do throws(TensorError) {
            let weight = weight(of: layer)
            try checkReparametrized("WeightNorm", layer, weight, axis: axis)
            guard let weight else { return input }  // checked above
            if !magnitude.isBuilt {
                if let failed = layer.buildIfNeeded(for: input) { return failed }
                try checkReparametrized("WeightNorm", layer, weight, axis: axis)
                buildMagnitude()
            }
            let direction = weight.value
            let scale = magnitude.value / lengths(direction, axis: axis)
            return weight.replaced(by: direction * scale) { layer(input) }
        } catch { return .failed(error, input.spec) }
    }

    static let component = Component<any Layer>(
        "WeightNorm", "A layer whose weight is learned as length and direction.",
        Field(required: "layer", of: LayerKind.kind, "The layer whose weight is normalized."),
        Field<Int?>("axis", default: 0, "Along which each place has a length of its own; null for a single length.")
    ) { layer, axis in
        try checkReparametrized("WeightNorm", layer, weight(of: layer), axis: axis)
        return WeightNorm(layer, axis: axis)
    }
}

/// The lengths of what lies at each place along an axis: that axis' size, and 1 along the others.
private func lengths(_ weight: Tensor, axis: Int?) -> Tensor {
    let shape = weight.shape
    var sizes = Shape.ones(rank: shape.rank)
    var parts: Shape = [1, 1, weight.elementCount]
    if let place = axis.flatMap({ shape.axis($0) }) {
        sizes[place] = shape[place]
        let (before, after) = (shape.dimensions[..<place], shape.dimensions[(place + 1)...])
        parts = [before.reduce(1, *), shape[place], after.reduce(1, *)]
    }
    return weight.reshaped(to: parts).squared().sum(over: 0, 2).squareRoot().reshaped(to: sizes)
}
