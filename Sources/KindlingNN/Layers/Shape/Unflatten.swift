// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
internal import KindlingEngine

/// One axis as several: PyTorch's `Unflatten`.
///
/// One size may be −1: what is left for it.
///
///     Unflatten(1, into: [3, -1])(x)      // [64, 192, 5] → [64, 3, 64, 5]
public final class Unflatten: ParameterlessLayer {
    /// The layer.
    /// - Parameters:
    ///   - axis: The axis that falls into several; −1 is the last.
    ///   - sizes: Their sizes, at most one of them −1.
    public init(_ axis: Int, into sizes: [Int]) {
        super.init(mistake: LayerError.found(file: nil) { () throws(LayerError) in try Reshape.check(sizes) }) {
            input in
            guard let place = input.shape.axis(axis) else { return input.missing(axis, "Unflatten") }
            return input.withSizes(sizes, at: place..<place + 1, "Unflatten")
        }
    }

    static let component = Component<any Layer>(
        "Unflatten", "One axis as several.",
        Field("axis", default: 1, "The axis that falls into several."),
        Field<[Int]>(required: "sizes", in: .atLeast(-1), "Their sizes; -1 for what is left.")
    ) { axis, sizes in try Unflatten(axis, into: sizes).checked() }
}

extension Tensor {
    /// What stands in for the result of a layer whose axis the tensor has not.
    func missing(_ axis: Int, _ layer: String) -> Tensor {
        .failed(
            TensorError(
                .invalidAxis, operation: layer, "axis \(axis) does not exist in shape \(shape)",
                remedy: rank == 0 ? "a scalar has no axes" : "use 0 ..< \(rank), or -1 for the last"), spec)
    }
}
