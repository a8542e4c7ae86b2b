// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingDeclarations
public import KindlingEngine

/// How a parameter's first value is drawn.
///
///     Linear(784, 10, weightInitializer: .heNormal(), biasInitializer: .zeros)
///
/// Names and defaults are Keras'; those that PyTorch calls otherwise are there under its names, too. Numbers that give
/// no distribution, such as a negative deviation, are a `TensorError` of the first draw.
public struct Initializer: Sendable {
    /// Draws a tensor.
    public let draw: @Sendable (Shape, inout RandomStream, DType, Device) -> Tensor

    /// An initializer of your own.
    public init(_ draw: @escaping @Sendable (Shape, inout RandomStream, DType, Device) -> Tensor) { self.draw = draw }
}

/// The kind of component that recipes name under `weight_initializer` and `bias_initializer`.
public enum InitializerKind {
    /// Initializers.
    public static let kind = ComponentKind<Initializer>("initializer") { Initializers.all }
}

extension Parameter {
    /// A parameter whose first value an initializer draws.
    public convenience init(_ shape: Shape, dtype: DType = .float32, _ initializer: Initializer) {
        self.init(shape, dtype: dtype, draw: initializer.draw)
    }

    /// Decides the shape, and that an initializer draws the first value; once.
    public func build(_ shape: Shape, dtype: DType = .float32, _ initializer: Initializer) {
        build(shape, dtype: dtype, draw: initializer.draw)
    }

    /// Changes how the first value will be drawn, where none has been yet.
    ///
    ///     for parameter in net.parameters { parameter.redraw(.normal(standardDeviation: 0.02)) }
    public func redraw(_ initializer: Initializer) { redraw(initializer.draw) }
}
