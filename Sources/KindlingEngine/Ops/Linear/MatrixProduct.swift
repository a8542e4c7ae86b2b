// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The product of matrices in the last two axes, as NumPy's `matmul`: leading axes broadcast; a tensor of one axis
    /// is a row on the left, a column on the right, and its axis goes away.
    ///
    ///     [64, 784] · [784, 10] → [64, 10]        [8, 4, 5] · [5, 6] → [8, 4, 6]
    public func matmul(_ other: Tensor) -> Tensor {
        guard rank > 0, other.rank > 0 else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: "matmul", "shapes \(shape) and \(other.shape): a scalar is no matrix",
                    remedy: "multiply with *"), spec)
        }
        if rank == 1 || other.rank == 1 {
            let left = rank == 1 ? insertingAxis(at: 0) : self
            let right = other.rank == 1 ? other.insertingAxis(at: 1) : other
            let product = left.matmul(right)
            guard product.rank >= 2 else { return product }  // what stands in for a product that failed
            var sizes = product.shape.dimensions
            if other.rank == 1 { sizes.removeLast() }
            if rank == 1 { sizes.remove(at: sizes.count - (other.rank == 1 ? 1 : 2)) }
            return product.reshaped(to: Shape(sizes))
        }
        if rank > 2, other.rank == 2 {
            // One matrix for the whole batch: a single large product is faster than many small ones.
            guard shape.last > 0 else { return dispatch(MatrixProduct(), [self, other]) }
            let rows = reshaped(to: [-1, shape.last])
            var result = shape
            result[rank - 1] = other.shape.last
            return dispatch(MatrixProduct(), [rows, other]).reshaped(to: result)
        }
        return dispatch(MatrixProduct(), [self, other])
    }

    /// x · Wᵀ + b over the last axis, as PyTorch's `linear`.
    ///
    ///     x.linear(weight: Tensor.ones([10, 4]), bias: nil)      // [64, 4] → [64, 10]
    /// - Parameters:
    ///   - weight: `[out, in]`.
    ///   - bias: `[out]`, or nil.
    /// - Returns: `[…, out]` from `[…, in]`.
    public func linear(weight: Tensor, bias: Tensor?) -> Tensor {
        guard rank >= 1, weight.rank == 2, shape.last == weight.shape.last else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: "linear",
                    "an input of shape \(shape) does not fit a weight of shape \(weight.shape)",
                    remedy: "the input's last size must be the weight's last, \(weight.shape.last)"), spec)
        }
        let rows = rank == 2 ? self : reshaped(to: [shape.dimensions.dropLast().reduce(1, *), shape.last])
        // A parameter is converted once only if it has not been transposed.
        let weight = weight.prepared(for: "matmul")
        let inputs = bias.map { [rows, weight.transposed(), $0] } ?? [rows, weight.transposed()]
        let product = dispatch(MatrixProduct(), inputs)
        if rank == 2 { return product }
        var result = shape
        result[rank - 1] = weight.shape[0]
        return product.reshaped(to: result)
    }
}

/// Products of the matrices in the last two axes; a third input is a bias for every row.
private struct MatrixProduct: Op {
    var name: String { "matmul" }

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec {
        let (left, right) = (inputs[0].shape, inputs[1].shape)
        let inner = left[left.rank - 1]
        guard inner == right[right.rank - 2] else {
            throw TensorError(
                .shapeMismatch, operation: name,
                "shapes \(left) and \(right) do not fit: \(inner) columns meet "
                    + "\(right[right.rank - 2]) rows", remedy: "transpose one of them, or check the layer's sizes")
        }
        let leading = Shape(left.dimensions.dropLast(2)).broadcast(with: Shape(right.dimensions.dropLast(2)))
        guard let leading else {
            throw TensorError(
                .shapeMismatch, operation: name, "leading axes of shapes \(left) and \(right) do not fit")
        }
        let shape = leading.appending(left[left.rank - 2]).appending(right.last)
        if inputs.count > 2, inputs[2].shape != [right.last] {
            throw TensorError(
                .shapeMismatch, operation: name,
                "a bias of shape \(inputs[2].shape) does not fit \(right.last) columns")
        }
        return TensorSpec(shape: shape, dtype: try commonType(inputs))
    }

    /// Mixed types are refused: a silent conversion would cost more than the product.
    private func commonType(_ inputs: [Tensor]) throws(TensorError) -> DType {
        for input in inputs where input.dtype != inputs[0].dtype {
            throw TensorError(
                .dtypeMismatch, operation: name, "types \(inputs[0].dtype.name) and \(input.dtype.name) differ",
                remedy: "convert one: converted(to: .\(inputs[0].dtype.name))")
        }
        return inputs[0].dtype
    }

    func request(_ inputs: [Tensor]) -> KernelRequest { .matmul(Matmul(bias: inputs.count > 2)) }

    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue {
        if input == 2 { return try value.rowMajor() }
        let rank = value.shape.rank
        let (rows, columns) = (value.shape[rank - 2], value.shape[rank - 1])
        let (rowStep, columnStep) = (value.strides[rank - 2], value.strides[rank - 1])
        let rowMajor = (columnStep == 1 || columns == 1) && (rowStep >= columns || rows == 1)
        let transposed = (rowStep == 1 || rows == 1) && (columnStep >= rows || columns == 1)
        let matrix = rowMajor || transposed ? value : try value.copied(to: .rowMajor)
        var wanted = output.shape
        wanted[wanted.rank - 2] = rows
        wanted[wanted.rank - 1] = columns
        return wanted == matrix.shape ? matrix : matrix.expandedLeading(to: wanted)
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let (left, right) = (saved.inputs[0], saved.inputs[1])
        var result: [Tensor?] = [nil, nil]
        if saved.needs(0) { result[0] = upstream.matmul(right.transposed()).reduced(to: left.shape) }
        if saved.needs(1) { result[1] = left.transposed().matmul(upstream).reduced(to: right.shape) }
        if saved.inputs.count > 2 {
            result.append(saved.needs(2) ? upstream.reduced(to: saved.inputs[2].shape) : nil)
        }
        return result
    }
}

extension TensorValue {
    /// Repeats along leading axes, keeping the steps of the last two.
    fileprivate func expandedLeading(to wanted: Shape) -> TensorValue {
        var steps = Strides()
        let missing = wanted.rank - shape.rank
        for axis in 0..<shape.rank where shape[axis] == wanted[axis + missing] {
            steps[axis + missing] = axis >= shape.rank - 2 || shape[axis] != 1 ? strides[axis] : 0
        }
        return view(shape: wanted, strides: steps)
    }
}
