// SPDX-License-Identifier: Apache-2.0
internal import COpenCL
internal import KindlingBackend

/// What OpenCL's status codes mean for a user.
enum Status {
    /// The code's name in OpenCL's specification, with its number.
    static func name(_ status: cl_int) -> String {
        names[status].map { "\($0) (\(status))" } ?? "status \(status)"
    }

    /// The error that a failed call becomes.
    /// - Parameter call: what was being done, in words: `copying to the device`.
    static func error(_ status: cl_int, _ operation: String, while call: String, on device: String) -> TensorError {
        let what = "\(device) answered \(name(status)) while \(call)"
        switch status {
        case CL_MEM_OBJECT_ALLOCATION_FAILURE, CL_OUT_OF_HOST_MEMORY, CL_INVALID_BUFFER_SIZE:
            return TensorError(
                .outOfMemory, operation: operation, what,
                remedy: "use smaller batches, or end other programs that use the device")
        case CL_OUT_OF_RESOURCES, CL_DEVICE_NOT_AVAILABLE, CL_INVALID_COMMAND_QUEUE, CL_INVALID_CONTEXT:
            return TensorError(
                .deviceFailure, operation: operation, what,
                remedy: "the device is lost or out of resources: look into the system's log, "
                    + "then start again from the last checkpoint or with smaller batches")
        default:
            return TensorError(
                .deviceFailure, operation: operation, what,
                remedy: "update the device's driver, or run on the device 'cpu'")
        }
    }

    private static let names: [cl_int: String] = [
        CL_DEVICE_NOT_FOUND: "CL_DEVICE_NOT_FOUND",
        CL_DEVICE_NOT_AVAILABLE: "CL_DEVICE_NOT_AVAILABLE",
        CL_COMPILER_NOT_AVAILABLE: "CL_COMPILER_NOT_AVAILABLE",
        CL_MEM_OBJECT_ALLOCATION_FAILURE: "CL_MEM_OBJECT_ALLOCATION_FAILURE",
        CL_OUT_OF_RESOURCES: "CL_OUT_OF_RESOURCES",
        CL_OUT_OF_HOST_MEMORY: "CL_OUT_OF_HOST_MEMORY",
        CL_BUILD_PROGRAM_FAILURE: "CL_BUILD_PROGRAM_FAILURE",
        CL_INVALID_VALUE: "CL_INVALID_VALUE",
        CL_INVALID_DEVICE: "CL_INVALID_DEVICE",
        CL_INVALID_CONTEXT: "CL_INVALID_CONTEXT",
        CL_INVALID_COMMAND_QUEUE: "CL_INVALID_COMMAND_QUEUE",
        CL_INVALID_MEM_OBJECT: "CL_INVALID_MEM_OBJECT",
        CL_INVALID_BINARY: "CL_INVALID_BINARY",
        CL_INVALID_BUILD_OPTIONS: "CL_INVALID_BUILD_OPTIONS",
        CL_INVALID_PROGRAM: "CL_INVALID_PROGRAM",
        CL_INVALID_KERNEL_NAME: "CL_INVALID_KERNEL_NAME",
        CL_INVALID_KERNEL_ARGS: "CL_INVALID_KERNEL_ARGS",
        CL_INVALID_ARG_INDEX: "CL_INVALID_ARG_INDEX",
        CL_INVALID_ARG_VALUE: "CL_INVALID_ARG_VALUE",
        CL_INVALID_ARG_SIZE: "CL_INVALID_ARG_SIZE",
        CL_INVALID_WORK_GROUP_SIZE: "CL_INVALID_WORK_GROUP_SIZE",
        CL_INVALID_BUFFER_SIZE: "CL_INVALID_BUFFER_SIZE",
        -1001: "CL_PLATFORM_NOT_FOUND_KHR",
    ]
}
