// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

extension Tensor {
    /// Numbers at equal distances: from `start` up to, without, `end`.
    ///
    /// Element i is start + i · step, computed in float64, for i in 0 ..< ⌈(end − start) / step⌉. Numbers that are not
    /// finite, a step of 0, and a step away from the end are errors.
    ///
    ///     Tensor.arange(from: 0, to: 1, by: 0.25)              // [0, 0.25, 0.5, 0.75]
    ///     Tensor.arange(from: 5, to: 0, by: -2, dtype: .int64) // [5, 3, 1]
    public static func arange(
        from start: Double = 0, to end: Double, by step: Double = 1, dtype: DType = .float32,
        on device: Device = .current
    ) -> Tensor {
        do throws(TensorError) {
            try requireFinite([start, end, step], "arange")
            guard step != 0, (end - start) * step.sign.factor >= 0 else {
                throw TensorError(
                    .invalidValue, operation: "arange", "steps of \(step) do not lead from \(start) to \(end)",
                    remedy: "give a step in that direction, not 0")
            }
            let count = ((end - start) / step).rounded(.up)
            guard count < 0x1p53 else {
                throw TensorError(
                    .invalidValue, operation: "arange", "\(start) to \(end) by \(step) is more than can be counted",
                    remedy: "give a larger step")
            }
            return listed(operation: "arange", Int(count), dtype: dtype, on: device) { start + Double($0) * step }
        } catch { return .failed(error, TensorSpec(shape: [0], dtype: dtype)) }
    }

    /// `count` numbers at equal distances from `start` to `end`, both included; one number alone is `start`.
    ///
    /// Computed in float64. Numbers that are not finite and a negative count are errors.
    ///
    ///     Tensor.linspace(from: 0, to: 1, count: 5)            // [0, 0.25, 0.5, 0.75, 1]
    public static func linspace(
        from start: Double, to end: Double, count: Int, dtype: DType = .float32, on device: Device = .current
    ) -> Tensor {
        do throws(TensorError) {
            try requireFinite([start, end], "linspace")
            try requireCount(count, "linspace")
            let last = Double(count - 1)
            return listed(operation: "linspace", count, dtype: dtype, on: device) { place in
                let part = count == 1 ? 0 : Double(place) / last
                // Weighing both ends keeps their difference from overflowing.
                return start * (1 - part) + end * part
            }
        } catch { return .failed(error, TensorSpec(shape: [0], dtype: dtype)) }
    }
}

extension FloatingPointSign {
    fileprivate var factor: Double { self == .plus ? 1 : -1 }
}

func requireFinite(_ numbers: [Double], _ operation: String) throws(TensorError) {
    for number in numbers where !number.isFinite {
        throw TensorError(
            .invalidValue, operation: operation, "\(number) is not a finite number", remedy: "give finite numbers")
    }
}

func requireCount(_ count: Int, _ operation: String) throws(TensorError) {
    guard count >= 0 else {
        throw TensorError(
            .invalidValue, operation: operation, "there cannot be \(count) elements", remedy: "give 0 or more")
    }
}
