// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// A stretch along one axis, without copying.
    ///
    ///     x.sliced(0..<32)                // the first 32 samples
    public func sliced(_ range: Range<Int>, along axis: Int = 0) -> Tensor {
        guard let resolved = shape.axis(axis) else {
            return .failed(
                TensorError(.invalidAxis, operation: "slice", "axis \(axis) does not exist in shape \(shape)"), spec)
        }
        guard range.lowerBound >= 0, range.upperBound <= shape[resolved] else {
            return .failed(
                TensorError(
                    .indexOutOfRange, operation: "slice",
                    "\(range) is not within 0 ..< \(shape[resolved]), the size of axis \(axis)"), spec)
        }
        return range.count == shape[resolved] ? self : dispatch(Slice(axis: resolved, range: range), self)
    }
}

private struct Slice: ViewOp {
    let axis: Int
    let range: Range<Int>
    var name: String { "slice" }

    func view(_ value: TensorValue) -> TensorValue? {
        var shape = value.shape
        shape[axis] = range.count
        return value.view(
            shape: shape, strides: value.strides, offset: value.offset + range.lowerBound * value.strides[axis])
    }

    func gradient(_ upstream: Tensor, inputShape: Shape) -> Tensor {
        dispatch(Embed(axis: axis, range: range, target: inputShape), [upstream])
    }
}

/// Zeros with a tensor laid into a stretch along one axis: the gradient of a slice.
private struct Embed: Op {
    let axis: Int
    let range: Range<Int>
    let target: Shape
    var name: String { "slice" }

    func output(_ inputs: [Tensor]) -> TensorSpec { TensorSpec(shape: target, dtype: inputs[0].dtype) }
    func request(_ inputs: [Tensor]) -> KernelRequest { .copy }
    var isComposed: Bool { true }

    func execute(_ inputs: [Tensor], into output: TensorValue) throws(TensorError) {
        try output.fill(0)
        try output.copy(inputs[0].value, into: range, along: axis)
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] { [upstream.sliced(range, along: axis)] }
}
