// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

extension Tensor {
    /// A matrix with ones from the upper left corner on, down to the right, and zeros elsewhere.
    ///
    /// Shape `[rows, columns]`, square when only `rows` is given. Negative sizes are errors.
    ///
    ///     Tensor.eye(2, 3)         // [[1, 0, 0], [0, 1, 0]]
    public static func eye(
        _ rows: Int, _ columns: Int? = nil, dtype: DType = .float32, on device: Device = .current
    ) -> Tensor {
        let columns = columns ?? rows
        return make(operation: "eye", TensorSpec(shape: [rows, columns], dtype: dtype)) {
            spec throws(TensorError) in
            let value = try TensorValue.allocate(spec, on: device.backend)
            let count = Swift.min(rows, columns)
            guard count > 0, !device.backend.isShapeOnly else { return value }
            try value.fill(0)
            let one = try TensorValue.allocate(TensorSpec(shape: [1], dtype: dtype), on: device.backend)
            try one.fill(1)
            var steps = Strides()
            steps[0] = columns + 1
            try device.backend.run(.copy, one.expanded(to: [count]), into: value.view(shape: [count], strides: steps))
            return value
        }
    }
}
