// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingCPU

#if OpenCL
    internal import KindlingOpenCL
#endif

/// Where a tensor lives and where operations on it run.
///
/// This file alone knows the backends by name.
public struct Device: Sendable, Equatable, CustomStringConvertible {
    /// What runs on it.
    public let backend: any Backend

    /// A device over any backend, such as one of your own.
    public init(_ backend: any Backend) { self.backend = backend }

    /// The processor.
    public static let cpu = Device(CPUBackend.shared)

    /// No device: tensors have shapes and types but no elements.
    ///
    /// Models are checked on it without computing.
    public static let meta = Device(MetaBackend.shared)

    /// The device that new tensors get where none is named: the innermost `withDevice`'s, else the CPU.
    public static var current: Device { DeviceScope.device ?? .cpu }

    /// The device of a name: `cpu`, `meta`, `opencl`, `opencl:1`.
    /// - Throws: `TensorError` when there is no such device, with the names that there are.
    public init(named name: String) throws(TensorError) {
        switch name {
        case "cpu": self = .cpu
        case "meta": self = .meta
        default:
            let parts = name.split(separator: ":", omittingEmptySubsequences: false)
            #if OpenCL
                if parts[0] == "opencl", parts.count <= 2, let index = parts.count == 1 ? 0 : Int(parts[1]) {
                    self.init(try OpenCLBackend.device(index))
                    return
                }
            #endif
            throw TensorError(
                .invalidValue, operation: "device", "there is no device '\(name)'",
                remedy: "use 'cpu' or 'opencl:0'; 'kindling doctor' lists what this machine has")
        }
    }

    /// Whether products of such numbers are faster on it than those of float32.
    public func accelerates(_ dtype: DType) -> Bool { backend.accelerates(dtype) }

    /// The backend's name.
    public var description: String { backend.name }

    /// Equal when both are the same backend.
    public static func == (left: Device, right: Device) -> Bool { left.backend === right.backend }
}

enum DeviceScope {
    @TaskLocal static var device: Device?
}

/// Runs `body` with new tensors on `device` where none is named.
public func withDevice<Result>(_ device: Device, _ body: () throws -> Result) rethrows -> Result {
    try DeviceScope.$device.withValue(device, operation: body)
}

/// What this machine computes with, for `kindling doctor`.
public struct MachineReport: Sendable {
    /// The instruction set that CPU kernels use.
    public let instructionSet: String
    /// How many threads compute.
    public let threadCount: Int
    /// The libraries that CPU kernels use, with their versions.
    public let libraries: [(name: String, version: String)]
    /// OpenCL devices in words, `opencl:0` first.
    public var openCLDevices: [String] { MachineReport.openCL.devices }
    /// Why there are no OpenCL devices, and the way out; empty when there are some.
    public var reasonForNoOpenCL: String { MachineReport.openCL.reasonForNone }

    /// Looks.
    public init() {
        instructionSet = CPUBackend.instructionSet
        threadCount = CPUBackend.threadCount
        let versions = LibraryVersions.current
        libraries = [
            ("OpenBLAS", "\(versions.openBLASConfiguration), core \(versions.openBLASCore)"),
            ("oneDNN", "\(versions.oneDNNVersion), \(versions.oneDNNInstructionSet)"),
        ]
    }

    /// Asked once, when somebody wants to know: drivers take their time to load.
    private static let openCL: (devices: [String], reasonForNone: String) = {
        #if OpenCL
            let found = OpenCLDevices.all()
            return (found.devices.map { "opencl:\($0.index)  \($0.summary)" }, found.reasonForNone)
        #else
            return ([], "Kindling was built without its trait OpenCL")
        #endif
    }()
}
