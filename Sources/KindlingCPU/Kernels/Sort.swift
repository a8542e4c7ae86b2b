// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// The places of the elements along the last axis, in the order of the elements.
    func sort(_ sort: Sort, _ inputs: Span<Operand>, _ outputs: Span<Operand>) throws(TensorError) {
        let input = inputs[0]
        let count = input.shape.last
        var request = kd_sort()
        request.dtype = input.dtype.kernelType
        request.descending = sort.descending
        request.rows = count == 0 ? 0 : Int64(input.shape.elementCount / count)
        request.count = Int64(count)
        request.kept = Int64(sort.count)
        request.in = UnsafeRawPointer(input.address)
        request.places = outputs[0].address?.assumingMemoryBound(to: Int64.self)
        if !kd_run_sort(&request) { throw .noWorkspace("sort") }
    }
}
