// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// A tensor of one axis whose elements follow from their places, computed on the host.
    static func listed<Scalar: TensorScalar>(
        operation: String, _ count: Int, dtype: DType, on device: Device, _ element: (Int) -> Scalar
    ) -> Tensor {
        let spec = TensorSpec(shape: [count], dtype: dtype)
        let place = make(operation: operation, spec) { spec throws(TensorError) in
            // The device is asked first: what it cannot hold is not listed on the host either.
            try TensorValue.allocate(spec, on: device.backend)
        }
        if place.value.isPlaceholder || device.backend.isShapeOnly { return place }
        return Tensor((0..<count).map(element), on: device).converted(to: dtype)
    }
}

extension Tensor {
    /// Numbers rounded to a type on the host, by way of no wider one: a device need not know float64.
    static func rounded(_ values: [Double], shape: Shape, _ dtype: DType, _ device: Device) -> Tensor {
        dtype == .float64
            ? Tensor(values, shape: shape, on: device)
            : Tensor(values.map(Float.init), shape: shape, on: device).converted(to: dtype)
    }
}
