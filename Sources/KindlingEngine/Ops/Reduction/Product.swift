// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The product over axes, all when none are named; 1 over no elements.
    ///
    /// Float16 and bfloat16 are multiplied in float32, integers in wrapping int64. Gradients of every order are right
    /// where elements are 0 too. An axis that does not exist or is named twice is an error.
    ///
    ///     x.product(over: 0)                  // [3, 4] → [4]
    ///     x.product(over: -1, keepDims: true) // [3, 4] → [3, 1]
    public func product(over axes: Int..., keepDims: Bool = false) -> Tensor {
        reduced("product", .product, over: axes, keepDims: keepDims)
    }

    /// For each element the product of the others that the axes combine it with, without dividing.
    ///
    /// The product of those before times the product of those behind.
    func productOfOthers(axes: UInt8) -> Tensor {
        let kept = (0..<rank).filter { axes & (1 << $0) == 0 }
        let order = kept + (0..<rank).filter { axes & (1 << $0) != 0 }
        let turned = permuted(order: order)
        let width = order.dropFirst(kept.count).reduce(1) { $0 * shape[$1] }
        let rows = turned.reshaped(to: [width == 0 ? 0 : elementCount / width, width])
        // Products of a part can leave float16's range though the whole stays inside.
        let wide = dtype.byteCount == 2 ? rows.converted(to: .float32) : rows
        let before = wide.scanned("product", .product, 1, reverse: false, exclusive: true)
        let behind = wide.scanned("product", .product, 1, reverse: true, exclusive: true)
        return (before * behind).converted(to: dtype).reshaped(to: turned.shape).permuted(order: inverseOrder(order))
    }
}
