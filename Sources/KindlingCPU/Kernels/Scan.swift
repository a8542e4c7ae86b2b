// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// Combines along one axis, keeping every step.
    func scan(_ scan: Scan, _ inputs: Span<Operand>, _ outputs: Span<Operand>) {
        let input = inputs[0], output = outputs[0]
        let shape = input.shape
        var request = kd_scan()
        request.function = Int32(scan.function.rawValue)
        request.reverse = scan.reverse
        request.exclusive = scan.exclusive
        request.outer = 1
        request.count = 1
        request.inner = 1
        for axis in 0..<shape.rank {
            let size = Int64(shape[axis])
            if axis < scan.axis {
                request.outer *= size
            } else if axis == scan.axis {
                request.count = size
            } else {
                request.inner *= size
            }
        }
        request.in_dtype = input.dtype.kernelType
        request.out_dtype = output.dtype.kernelType
        request.in = UnsafeRawPointer(input.address)
        request.out = output.address
        if scan.function == .recurrence {
            request.factor_dtype = inputs[1].dtype.kernelType
            request.factors = UnsafeRawPointer(inputs[1].address)
        }
        kd_run_scan(&request)
    }
}
