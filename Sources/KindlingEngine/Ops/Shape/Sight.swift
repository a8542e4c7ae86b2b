// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// A part of a tensor that steps through the same memory.
enum Sight: Sendable {
    /// What becomes of each axis, in order; `added` ones are new.
    case axes([AxisSight])
    /// The elements whose indices along two axes differ by `offset`, as a new last axis.
    case diagonal(offset: Int, rows: Int, columns: Int)

    func view(_ value: TensorValue) -> TensorValue {
        switch self {
        case .axes(let sights): Sight.view(value, sights)
        case .diagonal(let offset, let rows, let columns): Sight.diagonal(value, offset, rows, columns)
        }
    }

    private static func view(_ value: TensorValue, _ sights: [AxisSight]) -> TensorValue {
        var sizes: [Int] = []
        var steps: [Int] = []
        var offset = value.offset
        var axis = 0
        for sight in sights {
            switch sight {
            case .at(let index):
                offset += index * value.strides[axis]
                axis += 1
            case .span(let start, let step, let count):
                // Where nothing is seen, the start may lie behind the memory.
                if count > 0 { offset += start * value.strides[axis] }
                sizes.append(count)
                steps.append(count > 1 ? step * value.strides[axis] : value.strides[axis])
                axis += 1
            case .added:
                sizes.append(1)
                steps.append(1)
            }
        }
        return value.view(shape: Shape(sizes), strides: strides(steps), offset: offset)
    }

    private static func diagonal(_ value: TensorValue, _ offset: Int, _ rows: Int, _ columns: Int) -> TensorValue {
        let (height, width) = (value.shape[rows], value.shape[columns])
        let (down, right) = (offset < 0 ? Swift.min(height, -Swift.max(offset, -Int.max)) : 0, Swift.max(0, offset))
        let count = Swift.max(0, Swift.min(height - down, width - Swift.min(width, right)))
        let rest = (0..<value.shape.rank).filter { $0 != rows && $0 != columns }
        let start = count == 0 ? 0 : down * value.strides[rows] + right * value.strides[columns]
        return value.view(
            shape: Shape(rest.map { value.shape[$0] } + [count]),
            strides: strides(rest.map { value.strides[$0] } + [value.strides[rows] + value.strides[columns]]),
            offset: value.offset + start)
    }

    private static func strides(_ steps: [Int]) -> Strides {
        var strides = Strides()
        for (axis, step) in steps.enumerated() { strides[axis] = step }
        return strides
    }
}

/// What becomes of one axis.
enum AxisSight: Sendable {
    /// One index is seen; the axis goes away.
    case at(Int)
    /// Every `step`-th index from `start`, `count` of them.
    case span(start: Int, step: Int, count: Int)
    /// A new axis of size 1.
    case added
}

extension Tensor {
    /// The part of the tensor that a sight shows, without copying.
    func seen(_ operation: String, _ sight: Sight) -> Tensor { dispatch(Seen(name: operation, sight: sight), self) }

    /// Zeros of a shape with this tensor laid into what a sight shows.
    func embedded(_ operation: String, _ sight: Sight, in target: Shape) -> Tensor {
        dispatch(Embedded(name: operation, sight: sight, target: target), [self])
    }

    /// This tensor with another laid into what a sight shows, whose shape and type the other has.
    func overlaid(_ operation: String, _ sight: Sight, with other: Tensor) -> Tensor {
        dispatch(Overlaid(name: operation, sight: sight), [self, other])
    }
}

private struct Seen: ViewOp {
    let name: String
    let sight: Sight
    func view(_ value: TensorValue) -> TensorValue? { sight.view(value) }
    func gradient(_ upstream: Tensor, inputShape: Shape) -> Tensor { upstream.embedded(name, sight, in: inputShape) }
}

private struct Embedded: Op {
    let name: String
    let sight: Sight
    let target: Shape
    func output(_ inputs: [Tensor]) -> TensorSpec { TensorSpec(shape: target, dtype: inputs[0].dtype) }
    func request(_ inputs: [Tensor]) -> KernelRequest { .copy }
    var isComposed: Bool { true }

    func execute(_ inputs: [Tensor], into output: TensorValue) throws(TensorError) {
        try output.fill(0)
        try output.overlay(inputs[0].value, sight)
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] { [upstream.seen(name, sight)] }
}

private struct Overlaid: Op {
    let name: String
    let sight: Sight
    func output(_ inputs: [Tensor]) -> TensorSpec { inputs[0].spec }
    func request(_ inputs: [Tensor]) -> KernelRequest { .copy }
    var isComposed: Bool { true }

    func execute(_ inputs: [Tensor], into output: TensorValue) throws(TensorError) {
        try output.backend.run(.copy, inputs[0].value, into: output)
        try output.overlay(inputs[1].value, sight)
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        [
            saved.needs(0) ? upstream.overlaid(name, sight, with: saved.inputs[1].zerosLike()) : nil,
            saved.needs(1) ? upstream.seen(name, sight) : nil,
        ]
    }
}

extension TensorValue {
    /// Copies a tensor into what a sight shows of this one.
    ///
    /// For an operation that is filling its own output.
    func overlay(_ source: TensorValue, _ sight: Sight) throws(TensorError) {
        guard source.shape.elementCount > 0, !backend.isShapeOnly else { return }  // Nothing to copy.
        try backend.run(.copy, source, into: sight.view(self))
    }
}
