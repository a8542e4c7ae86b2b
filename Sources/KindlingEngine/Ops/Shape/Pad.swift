// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// What is put around a tensor that is padded.
public enum PaddingMode: Sendable, Hashable {
    /// One number: for abc and 0, `0 0 | a b c | 0 0`.
    case constant(Double)
    /// Mirrored at the outermost elements, which are not repeated: `c b | a b c | b a`.
    case reflect
    /// The outermost elements again: `a a | a b c | c c`.
    case replicate
    /// From the other end: `b c | a b c | a b`.
    case circular
}

extension Tensor {
    /// The tensor with elements put before and after it along its last axes, one pair of counts for each.
    ///
    ///     picture.padded([(1, 1), (2, 2)])                    // height + 2, width + 4, zeros
    ///     wave.padded([(3, 3)], mode: .reflect)
    ///
    /// Any floating-point or whole-number type. Counts must be 0 or more; `reflect` needs fewer than the axis has
    /// indices, `circular` not more, `replicate` an axis that is not empty.
    /// - Parameter widths: For the last `widths.count` axes, outermost first.
    public func padded(_ widths: [(before: Int, after: Int)], mode: PaddingMode = .constant(0)) -> Tensor {
        noting { () throws(TensorError) in
            guard widths.count <= rank else {
                throw TensorError(
                    .invalidAxis, operation: "pad", "\(widths.count) pairs of widths do not fit shape \(shape)",
                    remedy: "give at most one pair for each axis")
            }
            var target = shape
            for (axis, width) in zip((rank - widths.count)..<rank, widths) {
                try checkWidth(width, axis, mode)
                target[axis] += width.before + width.after
            }
            try check(TensorSpec(shape: target, dtype: dtype), "pad")
            if target == shape { return self }
            if case .constant(let number) = mode {
                try requireExact(number, "pad", "a filling")
                let before = Array(repeating: 0, count: rank - widths.count) + widths.map(\.before)
                return dispatch(Pad(target: target, before: before, number: number), [self])
            }
            return zip((rank - widths.count)..<rank, widths).reduce(self) { padded, row in
                let (axis, (before, after)) = row
                if before == 0 && after == 0 { return padded }
                let around = mode.borders(of: padded, before: before, after: after, along: axis)
                return .concatenated([around.before, padded, around.after], along: axis)
            }
        }
    }

    private func checkWidth(_ width: (before: Int, after: Int), _ axis: Int, _ mode: PaddingMode) throws(TensorError) {
        let most: Int =
            switch mode {
            case .constant: Int.max >> 5
            case .reflect: Swift.max(0, shape[axis] - 1)
            case .circular: shape[axis]
            case .replicate: shape[axis] == 0 ? 0 : Int.max >> 5
            }
        guard (0...most).contains(width.before), (0...most).contains(width.after) else {
            throw TensorError(
                .invalidValue, operation: "pad",
                "widths (\(width.before), \(width.after)) do not fit axis \(axis) of shape \(shape)",
                remedy: "give widths in 0 ... \(most); to cut instead, use sliced(_:along:)")
        }
    }
}

extension PaddingMode {
    /// What comes before and after a tensor along an axis that is large enough for it.
    fileprivate func borders(of tensor: Tensor, before: Int, after: Int, along axis: Int) -> (
        before: Tensor, after: Tensor
    ) {
        let size = tensor.shape[axis]
        func part(_ range: Range<Int>) -> Tensor { tensor.sliced(range, along: axis) }
        func repeated(_ index: Int, _ count: Int) -> Tensor {
            var shape = tensor.shape
            shape[axis] = count
            return part(index..<index + 1).expanded(to: shape)
        }
        return switch self {
        case .constant, .replicate: (repeated(0, before), repeated(size - 1, after))
        case .reflect:
            (part(1..<before + 1).flipped(over: axis), part(size - 1 - after..<size - 1).flipped(over: axis))
        case .circular: (part(size - before..<size), part(0..<after))
        }
    }
}

/// One number everywhere with a tensor laid into it.
private struct Pad: Op {
    let target: Shape
    let before: [Int]
    let number: Double
    var name: String { "pad" }

    func output(_ inputs: [Tensor]) -> TensorSpec { TensorSpec(shape: target, dtype: inputs[0].dtype) }
    func request(_ inputs: [Tensor]) -> KernelRequest { .copy }
    var isComposed: Bool { true }

    func execute(_ inputs: [Tensor], into output: TensorValue) throws(TensorError) {
        try output.fill(number)
        try output.overlay(inputs[0].value, sight(inputs[0].shape))
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        [upstream.seen(name, sight(saved.inputs[0].shape))]
    }

    private func sight(_ shape: Shape) -> Sight {
        .axes(before.enumerated().map { .span(start: $1, step: 1, count: shape[$0]) })
    }
}
