// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingCPU

/// A tensor of the CPU for tests: row-major, filled from or read as an array.
struct TestTensor<Element: BitwiseCopyable> {
    let storage: Storage
    let dtype: DType
    let shape: Shape

    init(_ dtype: DType, _ shape: Shape, _ elements: [Element]? = nil) throws(TensorError) {
        storage = try CPUBackend.shared.allocate(byteCount: shape.elementCount * dtype.byteCount)
        self.dtype = dtype
        self.shape = shape
        guard let elements, let address = storage.address else { return }
        for (index, element) in elements.enumerated() {
            address.storeBytes(of: element, toByteOffset: index * dtype.byteCount, as: Element.self)
        }
    }

    var operand: Operand {
        Operand(
            storage: storage, offset: 0, dtype: dtype, shape: shape, strides: Strides(rowMajor: shape),
            isRowMajor: true)
    }

    var elements: [Element] {
        guard let address = storage.address else { return [] }
        return (0..<shape.elementCount).map { index in
            address.loadUnaligned(fromByteOffset: index * dtype.byteCount, as: Element.self)
        }
    }
}

/// Runs a request on the CPU.
func execute(_ request: KernelRequest, _ inputs: [Operand], _ outputs: [Operand]) throws(TensorError) {
    try CPUBackend.shared.execute(request, inputs: inputs.span, outputs: outputs.span)
}

/// A function of float32 numbers, on the CPU.
func evaluate(_ function: ScalarFunction, _ arguments: [Float]...) throws(TensorError) -> [Float] {
    let shape: Shape = [arguments[0].count]
    var tensors: [TestTensor<Float>] = []
    for argument in arguments { tensors.append(try TestTensor(.float32, shape, argument)) }
    let output = try TestTensor<Float>(.float32, shape)
    try execute(.elementwise(ScalarProgram(function), .float32), tensors.map(\.operand), [output.operand])
    return output.elements
}
