// SPDX-License-Identifier: Apache-2.0
internal import COpenCL
internal import KindlingBackend
internal import Synchronization

/// One value that a kernel is given.
enum KernelArgument {
    /// A buffer of the device.
    case buffer(Storage)
    /// An `int`.
    case int(Int32)
    /// A `uint`.
    case unsigned(UInt32)
    /// A `long`.
    case long(Int64)
    /// A `ulong`.
    case unsignedLong(UInt64)
    /// A `float`.
    case float(Float)
    /// A `double`.
    case double(Double)
    /// So many bytes of local memory.
    case local(Int)

    /// A number in a program's arithmetic.
    static func number(_ value: Double, _ arithmetic: Arithmetic) -> KernelArgument {
        switch arithmetic {
        case .float32: .float(Float(value))
        case .float64: .double(value)
        case .int64: .long(value.isNaN ? 0 : Int64(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max))
        }
    }
}

/// How many items run, and in groups of what size, along two axes.
struct KernelExtent {
    /// Groups along each axis.
    var groups: (Int, Int)
    /// Items of a group along each axis.
    var items: (Int, Int)

    /// Enough groups of `group` items for each of `count` elements.
    static func line(_ count: Int, group: Int) -> KernelExtent {
        KernelExtent(groups: ((count + group - 1) / group, 1), items: (group, 1))
    }
}

extension OpenCLBackend {
    /// Sets a kernel's arguments and queues it.
    func launch(
        _ kernel: cl_kernel, _ arguments: [KernelArgument], over extent: KernelExtent, for operation: String
    ) throws(TensorError) {
        try launching.withLock { _ throws(TensorError) in
            for (index, argument) in arguments.enumerated() {
                let status = set(argument, cl_uint(index), of: kernel)
                try check(status, operation, while: "taking argument \(index) of a kernel")
            }
            let local = [extent.items.0, extent.items.1]
            let global = [extent.groups.0 * extent.items.0, extent.groups.1 * extent.items.1]
            let status = clEnqueueNDRangeKernel(queue, kernel, 2, nil, global, local, 0, nil, nil)
            try check(status, operation, while: "starting a kernel")
        }
    }

    private func set(_ argument: KernelArgument, _ index: cl_uint, of kernel: cl_kernel) -> cl_int {
        func set<Value>(_ value: Value) -> cl_int {
            withUnsafeBytes(of: value) { clSetKernelArg(kernel, index, $0.count, $0.baseAddress) }
        }
        switch argument {
        case .buffer(let storage): return set(storage.buffer)
        case .int(let value): return set(value)
        case .unsigned(let value): return set(value)
        case .long(let value): return set(value)
        case .unsignedLong(let value): return set(value)
        case .float(let value): return set(value)
        case .double(let value): return set(value)
        case .local(let byteCount): return clSetKernelArg(kernel, index, byteCount, nil)
        }
    }
}
