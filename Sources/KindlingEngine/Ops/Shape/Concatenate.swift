// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Tensors one behind the other along an axis; all other sizes must be equal, and types promote.
    ///
    ///     Tensor.concatenated([Tensor([1.0]), Tensor([2.0, 3.0])])      // [1, 2, 3]
    public static func concatenated(_ tensors: [Tensor], along axis: Int = 0) -> Tensor {
        guard let first = tensors.first else {
            return .failed(
                TensorError(.invalidValue, operation: "concatenate", "there are no tensors to concatenate"),
                TensorSpec(shape: [0], dtype: .float32))
        }
        guard let resolved = first.shape.axis(axis) else {
            return .failed(
                TensorError(
                    .invalidAxis, operation: "concatenate", "axis \(axis) does not exist in shape \(first.shape)"),
                first.spec)
        }
        return tensors.count == 1 ? first : dispatch(Concatenate(axis: resolved), tensors)
    }

    /// Tensors of one shape as slices of a new axis.
    ///
    ///     Tensor.stacked([Tensor([1.0, 2.0]), Tensor([3.0, 4.0])])      // [[1, 2], [3, 4]]
    public static func stacked(_ tensors: [Tensor], along axis: Int = 0) -> Tensor {
        concatenated(tensors.map { $0.insertingAxis(at: axis) }, along: axis)
    }
}

private struct Concatenate: Op {
    let axis: Int
    var name: String { "concatenate" }

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec {
        var shape = inputs[0].shape
        for input in inputs.dropFirst() {
            var same = input.shape
            if same.rank == shape.rank { same[axis] = shape[axis] }
            guard same == shape else {
                throw TensorError(
                    .shapeMismatch, operation: name,
                    "shapes \(inputs[0].shape) and \(input.shape) differ outside axis \(axis)")
            }
            shape[axis] += input.shape[axis]
        }
        return TensorSpec(shape: shape, dtype: ElementwiseDefinition.promoted(inputs))
    }

    func request(_ inputs: [Tensor]) -> KernelRequest { .copy }
    var isComposed: Bool { true }

    func execute(_ inputs: [Tensor], into output: TensorValue) throws(TensorError) {
        var start = 0
        for input in inputs {
            let end = start + input.shape[axis]
            try output.copy(input.value, into: start..<end, along: axis)
            start = end
        }
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        var start = 0
        return saved.inputs.map { input in
            let range = start..<start + input.shape[axis]
            start = range.upperBound
            return upstream.sliced(range, along: axis).converted(to: input.dtype)
        }
    }
}
