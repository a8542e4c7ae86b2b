// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
internal import KindlingEngine

/// Each sample in another shape: `[N, …]` → `[N, sizes…]`.
///
/// One size may be −1: what is left for it. The elements keep their order; PyTorch's `Unflatten` of axis 1, Keras'
/// `Reshape`.
///
///     Reshape([1, 28, 28])(x)         // [64, 784] → [64, 1, 28, 28]
public final class Reshape: ParameterlessLayer {
    /// The layer.
    /// - Parameter sizes: The sizes of one sample, at most one of them −1.
    public init(_ sizes: [Int]) {
        super.init(mistake: LayerError.found(file: nil) { () throws(LayerError) in try Reshape.check(sizes) }) {
            // Written out, so that an empty batch keeps its shape too.
            $0.rank == 0 ? $0.reshaped(to: Shape([-1] + sizes)) : $0.withSizes(sizes, at: 1..<$0.rank, "Reshape")
        }
    }

    /// Refuses sizes that no axis has.
    static func check(_ sizes: [Int]) throws(LayerError) {
        for size in sizes where size < -1 { throw LayerError("sizes", sizes, must: "be 0 or more, or -1") }
        guard sizes.count(where: { $0 == -1 }) <= 1 else {
            throw LayerError("sizes", sizes, must: "have one -1 at most")
        }
    }

    static let component = Component<any Layer>(
        "Reshape", "Each sample in another shape.",
        Field<[Int]>(required: "sizes", in: .atLeast(-1), "The sizes of one sample; -1 for what is left.")
    ) { sizes in try Reshape(sizes).checked() }
}

extension Tensor {
    /// The tensor with some neighbouring axes replaced by axes of other sizes, one of which may be −1.
    func withSizes(_ sizes: [Int], at axes: Range<Int>, _ layer: String) -> Tensor {
        let old = shape.dimensions
        let count = old[axes].reduce(1, *)
        var known = 1
        for size in sizes where size != -1 {
            let (product, overflows) = known.multipliedReportingOverflow(by: size)
            known = overflows ? Int.max : product
        }
        let open = sizes.contains(-1)
        guard open ? known > 0 && count % known == 0 : known == count else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: layer, "\(count) elements of shape \(shape) do not fill sizes \(sizes)",
                    remedy: "give sizes whose product is \(count)"), spec)
        }
        return reshaped(
            to: Shape(old[..<axes.lowerBound] + sizes.map { $0 == -1 ? count / known : $0 } + old[axes.upperBound...]))
    }
}
