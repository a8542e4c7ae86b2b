// SPDX-License-Identifier: Apache-2.0
internal import COpenCL
internal import KindlingBackend
internal import Synchronization

/// A device's compiled kernels: in memory by what they do, on disk by their source.
final class ProgramCache: @unchecked Sendable {
    // Unchecked: the handles are opaque pointers, used under the Mutex or by calls that OpenCL lets any thread make.

    private let device: OpenCLDevice
    private let identifier: cl_device_id
    private let context: cl_context
    private let binaries: BinaryStore
    private let kernels = Mutex<[KernelKey: UInt]>([:])
    private let compilations = Atomic<Int>(0)

    /// Every generated source has one kernel, called so.
    static let kernelName = "run"

    init(device: OpenCLDevice, identifier: cl_device_id, context: cl_context, binaries: BinaryStore) {
        self.device = device
        self.identifier = identifier
        self.context = context
        self.binaries = binaries
    }

    /// How often the driver's compiler ran, which a cache should keep low.
    var compilationCount: Int { compilations.load(ordering: .relaxed) }

    /// Single precision as IEEE 754 has it where the device offers that, at no cost where it is the only way.
    private var options: String {
        device.dividesCorrectlyRounded ? "-cl-std=CL1.2 -cl-fp32-correctly-rounded-divide-sqrt" : "-cl-std=CL1.2"
    }

    /// The kernel of a key; its source is written and built when it is not there yet.
    func kernel(
        _ key: KernelKey, for operation: String, source: () -> String
    ) throws(TensorError) -> cl_kernel {
        let handle = try kernels.withLock { kernels throws(TensorError) -> UInt in
            if let handle = kernels[key] { return handle }
            let handle = UInt(bitPattern: try build(source(), for: operation))
            kernels[key] = handle
            return handle
        }
        guard let kernel = cl_kernel(bitPattern: handle) else { internalFault("a kernel without a handle was kept") }
        return kernel
    }

    /// Whether the driver's compiler takes a source.
    ///
    /// Nothing is kept of it.
    func compiles(_ source: String) -> Bool {
        guard let program = program(source) else { return false }
        defer { clReleaseProgram(program) }
        return clBuildProgram(program, 1, [identifier], options, nil, nil) == CL_SUCCESS
    }

    private func build(_ source: String, for operation: String) throws(TensorError) -> cl_kernel {
        let key = [device.platformVersion, device.name, device.driver, options, source].joined(separator: "\n")
        if let binary = binaries.binary(for: key), let kernel = restored(binary) { return kernel }
        guard let program = program(source) else {
            throw Status.error(CL_OUT_OF_HOST_MEMORY, operation, while: "taking a program", on: device.name)
        }
        // A kernel keeps its program alive.
        defer { clReleaseProgram(program) }
        compilations.add(1, ordering: .relaxed)
        let status = clBuildProgram(program, 1, [identifier], options, nil, nil)
        guard status == CL_SUCCESS else { throw buildError(program, status, operation) }
        var created: cl_int = CL_SUCCESS
        guard let kernel = clCreateKernel(program, Self.kernelName, &created) else {
            throw Status.error(created, operation, while: "finding the kernel in a program", on: device.name)
        }
        if let binary = binary(of: program) { binaries.store(binary, for: key) }
        return kernel
    }

    private func program(_ source: String) -> cl_program? {
        source.withCString { text in
            var text: UnsafePointer<CChar>? = text
            return clCreateProgramWithSource(context, 1, &text, nil, nil)
        }
    }

    /// The kernel of a stored binary, or nil when the driver does not take it: then it is built from its source.
    private func restored(_ binary: [UInt8]) -> cl_kernel? {
        var loaded: cl_int = CL_SUCCESS
        let program = binary.withUnsafeBufferPointer { bytes in
            var (start, length) = (bytes.baseAddress, bytes.count)
            return clCreateProgramWithBinary(context, 1, [identifier], &length, &start, &loaded, nil)
        }
        guard let program else { return nil }
        defer { clReleaseProgram(program) }
        guard loaded == CL_SUCCESS, clBuildProgram(program, 1, [identifier], options, nil, nil) == CL_SUCCESS else {
            return nil
        }
        return clCreateKernel(program, Self.kernelName, nil)
    }

    private func binary(of program: cl_program) -> [UInt8]? {
        var size = 0
        let word = MemoryLayout<Int>.size
        guard clGetProgramInfo(program, cl_program_info(CL_PROGRAM_BINARY_SIZES), word, &size, nil) == CL_SUCCESS,
            size > 0
        else { return nil }
        var binary = [UInt8](repeating: 0, count: size)
        let status = binary.withUnsafeMutableBufferPointer { bytes in
            var start = bytes.baseAddress
            return clGetProgramInfo(program, cl_program_info(CL_PROGRAM_BINARIES), word, &start, nil)
        }
        return status == CL_SUCCESS ? binary : nil
    }

    /// The compiler's own words, the first of them: the rest follows from these.
    private func buildError(_ program: cl_program, _ status: cl_int, _ operation: String) -> TensorError {
        let log = DeviceInquiry.text {
            clGetProgramBuildInfo(program, identifier, cl_program_build_info(CL_PROGRAM_BUILD_LOG), $0, $1, $2)
        }
        let lines = log.split(whereSeparator: \.isNewline).prefix(5).joined(separator: "\n    ")
        return TensorError(
            .deviceFailure, operation: operation,
            "the compiler of \(device.name) (driver \(device.driver)) refused a generated kernel with "
                + "\(Status.name(status)): \(lines.isEmpty ? "it gave no reason" : lines)",
            remedy: "update the device's driver, or run on the device 'cpu'")
    }
}
