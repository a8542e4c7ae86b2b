// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Sums and products that keep every step.
struct ScanAxis: Op {
    let name: String
    let scan: Scan

    func output(_ inputs: [Tensor]) -> TensorSpec {
        let dtype = inputs[0].dtype
        return TensorSpec(shape: inputs[0].shape, dtype: dtype.isFloatingPoint ? dtype : .int64)
    }

    func request(_ inputs: [Tensor]) -> KernelRequest { .scan(scan) }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let axis = scan.axis
        switch scan.function {
        case .sum:
            return [upstream.scanned(name, .sum, axis, reverse: !scan.reverse, exclusive: scan.exclusive)]
        case .product:
            // ∂y_k/∂x_i = ∏_{j<i} x_j · ∏_{i<j≤k} x_j, so the gradient is (∏_{j<i} x_j) · h_i with
            // h_i = g_i + x_{i+1} h_{i+1}: no division, and right where elements are 0.
            let x = saved.inputs[0]
            let later = scan.exclusive ? upstream.shifted(along: axis, backward: !scan.reverse) : upstream
            let rest = later.recurrence(
                x.shifted(along: axis, backward: !scan.reverse), axis: axis, reverse: !scan.reverse)
            return [x.scanned(name, .product, axis, reverse: scan.reverse, exclusive: true) * rest]
        case .recurrence: internalFault("a recurrence has two inputs")
        }
    }
}

/// y_i = a_i y_{i−1} + x_i, with y before the first being 0; inputs x and a of one shape and type.
struct RecurrenceScan: Op {
    let axis: Int
    let reverse: Bool
    var name: String { "linearRecurrence" }

    func output(_ inputs: [Tensor]) -> TensorSpec { inputs[0].spec }
    func request(_ inputs: [Tensor]) -> KernelRequest { .scan(Scan(.recurrence, axis: axis, reverse: reverse)) }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        // λ_i = g_i + a_{i+1} λ_{i+1} is the gradient by x_i, and λ_i y_{i−1} that by a_i.
        let factors = saved.inputs[1]
        let byElements = upstream.recurrence(
            factors.shifted(along: axis, backward: !reverse), axis: axis, reverse: !reverse)
        guard saved.needs(1) else { return [byElements, nil] }
        return [byElements, byElements * saved.output.shifted(along: axis, backward: reverse)]
    }
}

extension Tensor {
    /// A sum or product along an axis counted from the front.
    func scanned(
        _ name: String, _ function: Scan.Function, _ axis: Int, reverse: Bool, exclusive: Bool
    ) -> Tensor {
        dispatch(ScanAxis(name: name, scan: Scan(function, axis: axis, reverse: reverse, exclusive: exclusive)), [self])
    }

    func recurrence(_ factors: Tensor, axis: Int, reverse: Bool) -> Tensor {
        dispatch(RecurrenceScan(axis: axis, reverse: reverse), [self, factors])
    }

    /// The elements one place further along an axis, towards its end or its beginning; a zero takes the free place.
    func shifted(along axis: Int, backward: Bool) -> Tensor {
        let size = shape[axis]
        guard size > 0, !value.isPlaceholder else { return self }
        let zero = sliced(0..<1, along: axis).detached().zerosLike()
        return backward
            ? .concatenated([sliced(1..<size, along: axis), zero], along: axis)
            : .concatenated([zero, sliced(0..<size - 1, along: axis)], along: axis)
    }

    /// The axis counted from the front, or the mistake.
    func resolved(axis: Int, _ operation: String) throws(TensorError) -> Int {
        if let resolved = shape.axis(axis) { return resolved }
        throw TensorError(
            .invalidAxis, operation: operation, "axis \(axis) does not exist in shape \(shape)",
            remedy: rank == 0 ? "a scalar has no axes: reshape it to [1]" : "use 0 ..< \(rank), or −1 for the last")
    }
}
