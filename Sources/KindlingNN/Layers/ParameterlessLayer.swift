// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// A layer that learns nothing and keeps nothing: a function of its input, such as ``ReLU``, ``MaxPool2D``, ``Flatten``.
///
/// Each says how it is made. Arguments that cannot be are noted when it is made and by the forward pass, inputs of another
/// number of axes by the latter, under the layer's name.
public class ParameterlessLayer: Layer {
    private let spatialAxes: Int?
    private let mistake: LayerError?
    private let function: (Tensor) -> Tensor

    /// - Parameters:
    ///   - spatialAxes: How many axes follow those of samples and channels, where that is fixed.
    ///   - mistake: What is wrong with the arguments.
    ///   - function: What the layer does, called only when nothing is wrong.
    init(spatialAxes: Int? = nil, mistake: LayerError? = nil, _ function: @escaping (Tensor) -> Tensor) {
        self.spatialAxes = spatialAxes
        self.mistake = mistake
        self.function = function
        note(mistake)
    }

    /// The function of the input.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "\(type(of: self))") }
        guard let spatialAxes else { return function(input) }
        return input.requiring(spatialAxes: spatialAxes, by: "\(type(of: self))") ?? function(input)
    }

    /// Itself, for a recipe.
    /// - Throws: `LayerError` when the arguments cannot be.
    func checked() throws(LayerError) -> ParameterlessLayer {
        if let mistake { throw mistake }
        return self
    }
}

extension Tensor {
    /// What stands in for the result of a layer that needs another number of spatial axes; nil when the number is right.
    func requiring(spatialAxes count: Int, by layer: @autoclosure () -> String) -> Tensor? {
        guard rank != count + 2 else { return nil }
        // What stands in for a failed result may have any shape: the mistake has been noted.
        return isPlaceholder ? self : .failed(.wrongAxes(shape, spatialAxes: count, layer()), spec)
    }
}

extension TensorError {
    /// An input of another number of axes than a layer needs.
    static func wrongAxes(_ input: Shape, spatialAxes count: Int, _ layer: String) -> TensorError {
        let axes = ["features", "channels, length", "channels, height, width", "channels, depth, height, width"]
        return TensorError(
            .shapeMismatch, operation: layer, "an input of shape \(input) has not \(count + 2) axes",
            remedy: "give [batch, \(axes[max(0, min(count, 3))])]")
    }
}

extension LayerError {
    /// The mistake of a number by which something is divided.
    static func dividing(by parameter: String, _ value: Double) -> LayerError? {
        value.isFinite && value != 0 ? nil : LayerError(parameter, value, must: "be finite and not 0")
    }
}
