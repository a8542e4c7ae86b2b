// SPDX-License-Identifier: Apache-2.0
internal import COpenCL
public import KindlingBackend
internal import Synchronization

/// An OpenCL device: kernels are generated for the request and compiled by the device's driver when first needed.
///
/// One context and one in-order queue a device. Requests return when they are queued, except `gather`, `scatterAdd`
/// and `crossEntropy`, which wait for the device once to learn whether an index was out of range. float64 is there
/// where the driver compiles it, float16 and bfloat16 are storage: loaded as float32 and rounded when stored.
/// It has no convolution and no pooling yet and says so.
public final class OpenCLBackend: Backend, @unchecked Sendable {
    // Unchecked: OpenCL's handles are opaque pointers that may be used from any thread; what changes is in a Mutex.

    /// The device.
    public let device: OpenCLDevice
    let context: cl_context
    let queue: cl_command_queue
    let programs: ProgramCache
    let buffers = Mutex(BufferCache())
    /// Held while a kernel's arguments are set and it is queued, which are several calls on one kernel object.
    let launching = Mutex<Void>(())
    private let probed = Mutex<[OpenCLFeature: Bool]>([:])

    /// `opencl:0`.
    public var name: String { "opencl:\(device.index)" }

    /// The device in words, for `kindling doctor`.
    public var summary: String { device.summary }

    /// Never: memory is reached through copies alone, even where it happens to be the host's.
    public var sharesHostMemory: Bool { false }

    /// The backend of a device, made when first asked for and kept.
    /// - Parameter index: the place in ``OpenCLDevices/devices``.
    /// - Throws: `TensorError` when there is no such device or its driver does not give a context.
    public static func device(_ index: Int) throws(TensorError) -> OpenCLBackend {
        try opened.withLock { opened throws(TensorError) in
            if let backend = opened[index] { return backend }
            let found = OpenCLDevices.all()
            guard found.devices.indices.contains(index) else {
                throw OpenCLBackend.noDevice(index, among: found)
            }
            let backend = try OpenCLBackend(found.devices[index], binaries: BinaryStore.standard())
            opened[index] = backend
            return backend
        }
    }

    private static let opened = Mutex<[Int: OpenCLBackend]>([:])

    /// Opens a device.
    init(_ device: OpenCLDevice, binaries: BinaryStore) throws(TensorError) {
        func failed(_ status: cl_int, _ call: String) -> TensorError {
            Status.error(status, "opencl:\(device.index)", while: call, on: device.name)
        }
        var identifier: cl_device_id? = cl_device_id(bitPattern: device.identifier)
        var status: cl_int = CL_SUCCESS
        let context = clCreateContext(nil, 1, &identifier, nil, nil, &status)
        guard let context, let identifier else { throw failed(status, "opening it") }
        let queue = clCreateCommandQueue(context, identifier, 0, &status)
        guard let queue else {
            clReleaseContext(context)
            throw failed(status, "making its queue")
        }
        self.device = device
        self.context = context
        self.queue = queue
        programs = ProgramCache(device: device, identifier: identifier, context: context, binaries: binaries)
    }

    /// Whether the device really has a feature: found out once, by compiling a kernel that uses it.
    public func supports(_ feature: OpenCLFeature) -> Bool {
        probed.withLock { probed in
            if let known = probed[feature] { return known }
            let answer = programs.compiles(feature.probe)
            probed[feature] = answer
            return answer
        }
    }

    /// Runs a request.
    public func execute(
        _ request: KernelRequest, inputs: Span<Operand>, outputs: Span<Operand>
    ) throws(TensorError) {
        switch request {
        case .elementwise(let program, let arithmetic):
            try elementwise(program, arithmetic, inputs, outputs, named: "elementwise")
        case .copy: try copy(inputs[0], outputs[0])
        case .reduce(let reduction): try reduce(reduction, inputs[0], outputs[0])
        case .matmul(let product): try matmul(product, inputs, outputs[0])
        case .convolution: throw .unsupported(request.name, by: name)
        case .pooling: throw .unsupported(request.name, by: name)
        case .softmax(let softmax): try self.softmax(softmax, inputs, outputs[0])
        case .crossEntropy(let loss): try crossEntropy(loss, inputs, outputs)
        case .gather: try gather(inputs[0], indices: inputs[1], outputs[0])
        case .scatterAdd: try scatterAdd(indices: inputs[0], inputs[1], outputs[0])
        case .normalization: throw .unsupported(request.name, by: name)
        case .scan: throw .unsupported(request.name, by: name)
        case .sort: throw .unsupported(request.name, by: name)
        case .random(let fill): try random(fill, outputs[0])
        case .optimizerStep(let step): try optimizerStep(step, inputs, outputs)
        case .linearAlgebra: throw .unsupported(request.name, by: name)
        }
    }

    /// Throws the error that a failed call becomes.
    func check(_ status: cl_int, _ operation: String, while call: String) throws(TensorError) {
        guard status == CL_SUCCESS else { throw Status.error(status, operation, while: call, on: device.name) }
    }

    private static func noDevice(_ index: Int, among found: OpenCLDevices) -> TensorError {
        guard !found.devices.isEmpty else {
            return TensorError(.deviceFailure, operation: "opencl:\(index)", found.reasonForNone)
        }
        let names = found.devices.map { "opencl:\($0.index) is \($0.name)" }.joined(separator: ", ")
        return TensorError(
            .deviceFailure, operation: "opencl:\(index)", "there is no such device; \(names)",
            remedy: "choose one of these, or 'cpu'")
    }
}
