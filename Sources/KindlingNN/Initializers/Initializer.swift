// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingEngine

/// How a parameter's first value is drawn.
public struct Initializer: Sendable {
    /// Draws a tensor.
    public let draw: @Sendable (Shape, inout RandomStream, DType, Device) -> Tensor

    /// An initializer of your own.
    public init(_ draw: @escaping @Sendable (Shape, inout RandomStream, DType, Device) -> Tensor) { self.draw = draw }

    /// One number everywhere.
    public static func constant(_ number: Double) -> Initializer {
        Initializer { shape, _, dtype, device in .full(shape, number, dtype: dtype, on: device) }
    }

    /// Evenly in [low, high).
    public static func uniform(low: Double, high: Double) -> Initializer {
        Initializer { shape, stream, dtype, device in
            .uniform(shape, low: low, high: high, from: &stream, dtype: dtype, on: device)
        }
    }

    /// By Gauss' bell curve.
    public static func normal(mean: Double = 0, standardDeviation: Double = 1) -> Initializer {
        Initializer { shape, stream, dtype, device in
            .normal(shape, mean: mean, standardDeviation: standardDeviation, from: &stream, dtype: dtype, on: device)
        }
    }

    /// Evenly in ±1/√fanIn: what PyTorch's linear layers and convolutions begin with.
    public static func fanInUniform(fanIn: Int) -> Initializer {
        let bound = 1 / Double(max(1, fanIn)).squareRoot()
        return .uniform(low: -bound, high: bound)
    }
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
}
