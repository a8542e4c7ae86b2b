// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Zeroes random channels as a whole while training and scales the rest by 1 / (1 − rate) (Tompson and others 2015).
///
/// Neighbours in a picture are alike, so that one of them tells what the other was; a whole channel cannot be told.
/// Shapes: `[N, C, …]` → the same; each sample has channels of its own zeroed. Does nothing in evaluation. PyTorch's
/// `Dropout1d`, `Dropout2d` and `Dropout3d`.
///
///     SpatialDropout2D(rate: 0.2)
///
/// ``SpatialDropout1D``, ``SpatialDropout2D`` and ``SpatialDropout3D`` also check the number of axes.
public class SpatialDropout: Layer {
    private let rate: Double
    private let mistake: LayerError?
    /// The numbers of axes that an input may have.
    var ranks: ClosedRange<Int> { 2...Shape.maximumRank }

    /// A layer that zeroes a share of the channels.
    /// - Parameter rate: The share, in 0 ... 1.
    public init(rate: Double = 0.5) {
        self.rate = rate
        mistake = .found(file: nil) { () throws(LayerError) in try checkRate("rate", rate) }
        note(mistake)
    }

    /// The input with some channels zeroed.
    public func forward(_ input: Tensor) -> Tensor {
        let name = String(describing: type(of: self))
        if let mistake { return input.refused(mistake, by: name) }
        if input.isPlaceholder { return input }
        guard ranks.contains(input.rank) else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: name, "an input of shape \(input.shape) does not fit",
                    remedy: "give [N, C, …] with \(axesInWords(ranks))"), input.spec)
        }
        return input.keepingParts(leading: 2, rate: rate)
    }
}

extension Component<any Layer> {
    /// Declares one of the layers, which differ in the number of axes alone.
    static func spatialDropout(
        _ type: String, _ documentation: String, make: @escaping @Sendable (Double) -> SpatialDropout
    ) -> Component<any Layer> {
        Component(
            type, documentation, Field("rate", default: 0.5, in: .fraction, "Share of the channels that is zeroed.")
        ) { rate in make(rate) }
    }
}

extension Tensor {
    /// While training, the tensor with a share of its parts zeroed and the others enlarged.
    ///
    /// A part is all that has the same places in the leading axes. Zeros even where a part is not finite.
    func keepingParts(leading axes: Int, rate: Double) -> Tensor {
        guard rate > 0, ForwardContext.phase == .training else { return self }
        var parts = Shape.ones(rank: rank)
        for axis in 0..<axes { parts[axis] = shape[axis] }
        return ForwardContext.withRandom { stream in
            let kept = Tensor.bernoulli(parts, probability: 1 - rate, from: &stream, dtype: .float32, on: device)
            let scaled = rate < 1 ? self * (1 / (1 - rate)) : self
            return scaled.selected(where: kept, else: Tensor(0, dtype: dtype, on: device))
        }
    }
}
