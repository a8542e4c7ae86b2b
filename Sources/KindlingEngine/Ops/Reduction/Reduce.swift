// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Combining along axes; the axes stay, with size 1.
struct Reduce: Op {
    let name: String
    let function: Reduction.Function
    /// Bit `i` stands for axis `i`.
    let axes: UInt8
    let scale: Double

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec {
        let input = inputs[0]
        var shape = input.shape
        var count = 1
        for axis in 0..<shape.rank where axes & (1 << axis) != 0 {
            count *= shape[axis]
            shape[axis] = 1
        }
        switch function {
        case .sum, .product:
            return TensorSpec(shape: shape, dtype: input.dtype.isFloatingPoint ? input.dtype : .int64)
        case .minimum, .maximum:
            try requireElements(count, input)
            return TensorSpec(shape: shape, dtype: input.dtype)
        case .argumentOfMinimum, .argumentOfMaximum:
            try requireElements(count, input)
            return TensorSpec(shape: shape, dtype: .int64)
        }
    }

    private func requireElements(_ count: Int, _ input: Tensor) throws(TensorError) {
        guard count > 0 else {
            throw TensorError(
                .shapeMismatch, operation: name, "nothing to choose from: shape \(input.shape) is empty along the axes")
        }
    }

    func request(_ inputs: [Tensor]) -> KernelRequest {
        guard isReducedInPlace(inputs[0].value) else { return .reduce(Reduction(function, axes: axes, scale: scale)) }
        // Channels come last there, behind what were axes 2 and on.
        let rank = inputs[0].rank
        let spatial = (UInt8(1) << (rank - 1)) - 2
        return .reduce(
            Reduction(function, axes: axes & 1 | spatial | (axes & 2) << (rank - 2), scale: scale))
    }

    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue {
        isReducedInPlace(value) ? value.channelsAtTheEnd() : try value.rowMajor()
    }

    /// Whether a picture in channels-last order needs no other order: what is left of it lies the same in both.
    private func isReducedInPlace(_ value: TensorValue) -> Bool {
        guard value.layout == .channelsLast else { return false }
        switch function {
        case .argumentOfMinimum, .argumentOfMaximum: return false  // places count in the order of the axes
        default: return (2..<value.shape.rank).allSatisfy { axes & (1 << $0) != 0 }
        }
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let input = saved.inputs[0]
        switch function {
        case .sum:
            let scaled = scale == 1 ? upstream : upstream * scale
            return [scaled.expanded(to: input.shape)]
        case .product:
            return [upstream * input.productOfOthers(axes: axes)]
        case .minimum, .maximum:
            // Elements that share the extreme share the gradient.
            let mask = (input .== saved.output).converted(to: input.dtype)
            return [mask * (upstream / mask.reduced("sum", .sum, axes: axes))]
        case .argumentOfMinimum, .argumentOfMaximum: return [nil]
        }
    }
}

extension Tensor {
    func reduced(_ name: String, _ function: Reduction.Function, axes: UInt8, scale: Double = 1) -> Tensor {
        dispatch(Reduce(name: name, function: function, axes: axes, scale: scale), [self])
    }

    /// Reduces over the axes named, all when none are; then drops them unless they shall stay.
    func reduced(
        _ name: String, _ function: Reduction.Function, over axes: [Int], keepDims: Bool, mean: Bool = false
    ) -> Tensor {
        let mask: UInt8
        do throws(TensorError) { mask = try axisMask(axes, operation: name) } catch {
            return .failed(error, TensorSpec(shape: [], dtype: dtype))
        }
        let count = shape.elementCount(along: mask)
        let result = reduced(name, function, axes: mask, scale: mean ? 1 / Double(count) : 1)
        return keepDims || mask == 0 ? result : result.reshaped(to: shape.removing(axes: mask))
    }

    func axisMask(_ axes: [Int], operation: String) throws(TensorError) -> UInt8 {
        if axes.isEmpty { return rank == 8 ? .max : (1 << rank) - 1 }
        var mask: UInt8 = 0
        for axis in axes {
            guard let resolved = shape.axis(axis), mask & (1 << resolved) == 0 else {
                throw TensorError(
                    .invalidAxis, operation: operation,
                    shape.axis(axis) == nil
                        ? "axis \(axis) does not exist in shape \(shape)" : "axis \(axis) is named twice",
                    remedy: "use 0 ..< \(rank), or −1 for the last")
            }
            mask |= 1 << resolved
        }
        return mask
    }

    /// The sum over axes that broadcasting added or stretched, so that the result has the shape given.
    func reduced(to target: Shape) -> Tensor {
        if shape == target { return self }
        let added = rank - target.rank
        var mask: UInt8 = 0
        for axis in 0..<rank where axis < added || (target[axis - added] == 1 && shape[axis] != 1) {
            mask |= 1 << axis
        }
        let summed = mask == 0 ? self : reduced("sum", .sum, axes: mask)
        return summed.reshaped(to: target)
    }
}

extension Shape {
    /// The product of the sizes along some axes.
    func elementCount(along axes: UInt8) -> Int {
        var count = 1
        for axis in 0..<rank where axes & (1 << axis) != 0 { count *= self[axis] }
        return count
    }

    func removing(axes: UInt8) -> Shape {
        // Without arrays on the way: every sum passes here.
        var result: Shape = []
        for axis in 0..<rank where axes & (1 << axis) == 0 { result = result.appending(self[axis]) }
        return result
    }
}
