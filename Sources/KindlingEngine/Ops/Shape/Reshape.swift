// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

extension Tensor {
    /// The same elements in row-major order in another shape.
    ///
    /// One size may be −1: what is left for it.
    ///
    ///     images.reshaped(to: [-1, 784])     // [64, 1, 28, 28] → [64, 784]
    public func reshaped(to shape: Shape) -> Tensor {
        var target = shape
        // Wrapping: what overflows is no valid shape, and is refused below.
        var known = 1
        for axis in 0..<Swift.min(shape.rank, Shape.maximumRank) where shape[axis] != -1 {
            known = known &* shape[axis]
        }
        for axis in 0..<Swift.min(shape.rank, Shape.maximumRank) where shape[axis] == -1 && known > 0 {
            target[axis] = elementCount / known
            break
        }
        if target == self.shape { return self }
        if value.isPlaceholder {
            return Tensor(.placeholder(target.isValid ? TensorSpec(shape: target, dtype: dtype) : spec))
        }
        if target.rank > Shape.maximumRank {
            return .make(operation: "reshape", TensorSpec(shape: target, dtype: dtype)) { _ in value }
        }
        guard target.isValid, target.elementCount == elementCount else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: "reshape",
                    "\(elementCount) elements of shape \(self.shape) do not fill the shape \(shape)"), spec)
        }
        return dispatch(Reshape(target: target), self)
    }

    /// The same elements laid out in row-major order in memory: itself where they lie so already.
    ///
    ///     x.transposed().contiguous()      // laid out anew, row by row
    public func contiguous() -> Tensor {
        value.layout == .rowMajor ? self : dispatch(Contiguous(), [self])
    }

    /// Axes from `start` on as one: `[64, 3, 8, 8]` → `[64, 192]`.
    ///
    ///     images.flattened(from: 1)      // [64, 1, 28, 28] → [64, 784]
    public func flattened(from start: Int = 0) -> Tensor {
        if rank == 0 { return reshaped(to: [1]) }
        guard let first = shape.axis(start) else {
            return .failed(
                TensorError(.invalidAxis, operation: "flatten", "axis \(start) does not exist in shape \(shape)"), spec)
        }
        let kept = shape.dimensions.prefix(first)
        let merged = shape.dimensions.dropFirst(first).reduce(1, &*)
        return reshaped(to: Shape(kept + [merged]))
    }

    /// An axis of size 1 more, before the axis given; −1 puts it last.
    ///
    ///     Tensor([1.0, 2.0]).insertingAxis(at: 0)      // shape [1, 2]
    public func insertingAxis(at axis: Int) -> Tensor {
        let place = axis < 0 ? axis + rank + 1 : axis
        guard place >= 0, place <= rank else {
            return .failed(
                TensorError(.invalidAxis, operation: "insertingAxis", "axis \(axis) does not fit shape \(shape)"), spec)
        }
        return reshaped(to: shape.inserting(1, at: place))
    }
}

private struct Reshape: ViewOp {
    let target: Shape
    var name: String { "reshape" }

    func view(_ value: TensorValue) -> TensorValue? {
        value.layout == .rowMajor
            ? value.view(shape: target, strides: Strides(rowMajor: target)) : withoutMoving(value)
    }

    /// Axes of size 1 come and go without a copy, in whatever order the elements lie.
    private func withoutMoving(_ value: TensorValue) -> TensorValue? {
        let kept = (0..<value.shape.rank).filter { value.shape[$0] != 1 }
        guard kept.map({ value.shape[$0] }) == target.dimensions.filter({ $0 != 1 }) else { return nil }
        var strides = Strides(rowMajor: target)
        for (axis, old) in zip((0..<target.rank).filter { target[$0] != 1 }, kept) {
            strides[axis] = value.strides[old]
        }
        return value.view(shape: target, strides: strides)
    }

    func gradient(_ upstream: Tensor, inputShape: Shape) -> Tensor { upstream.reshaped(to: inputShape) }
}

/// A copy in row-major order.
private struct Contiguous: Op {
    var name: String { "contiguous" }
    func output(_ inputs: [Tensor]) -> TensorSpec { inputs[0].spec }
    func request(_ inputs: [Tensor]) -> KernelRequest { .copy }
    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) -> TensorValue { value }
    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] { [upstream] }
}
