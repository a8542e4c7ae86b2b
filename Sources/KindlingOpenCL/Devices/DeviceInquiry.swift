// SPDX-License-Identifier: Apache-2.0
internal import COpenCL

/// Reads a device's properties.
///
/// A property that the driver does not answer is empty or 0: it is shown, not relied on.
struct DeviceInquiry {
    let device: cl_device_id

    func text(_ property: Int32) -> String {
        DeviceInquiry.text { clGetDeviceInfo(device, cl_device_info(property), $0, $1, $2) }
    }

    /// An unsigned number of whatever width the property has, up to 64 bits.
    func number(_ property: Int32) -> Int {
        var value: UInt64 = 0
        guard clGetDeviceInfo(device, cl_device_info(property), 8, &value, nil) == CL_SUCCESS else { return 0 }
        return Int(clamping: value)
    }

    var kind: OpenCLDevice.Kind {
        let type = UInt64(number(CL_DEVICE_TYPE))
        if type & UInt64(CL_DEVICE_TYPE_GPU) != 0 { return .gpu }
        return type & UInt64(CL_DEVICE_TYPE_CPU) != 0 ? .cpu : .accelerator
    }

    /// Text that OpenCL hands out in two calls: first its length, then its bytes with a zero behind.
    static func text(_ ask: (Int, UnsafeMutableRawPointer?, UnsafeMutablePointer<Int>?) -> cl_int) -> String {
        var length = 0
        guard ask(0, nil, &length) == CL_SUCCESS, length > 0 else { return "" }
        var bytes = [UInt8](repeating: 0, count: length)
        guard bytes.withUnsafeMutableBytes({ ask(length, $0.baseAddress, nil) }) == CL_SUCCESS else { return "" }
        let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

extension OpenCLDevice {
    /// Asks the driver for everything that is shown or planned with.
    init(index: Int, _ device: cl_device_id, _ platform: cl_platform_id) {
        let inquiry = DeviceInquiry(device: device)
        func platformText(_ property: Int32) -> String {
            DeviceInquiry.text { clGetPlatformInfo(platform, cl_platform_info(property), $0, $1, $2) }
        }
        self.init(
            index: index, kind: inquiry.kind, platform: platformText(CL_PLATFORM_NAME),
            platformVersion: platformText(CL_PLATFORM_VERSION), name: inquiry.text(CL_DEVICE_NAME),
            vendor: inquiry.text(CL_DEVICE_VENDOR), driver: inquiry.text(CL_DRIVER_VERSION),
            version: inquiry.text(CL_DEVICE_VERSION), languageVersion: inquiry.text(CL_DEVICE_OPENCL_C_VERSION),
            globalMemory: inquiry.number(CL_DEVICE_GLOBAL_MEM_SIZE),
            localMemory: inquiry.number(CL_DEVICE_LOCAL_MEM_SIZE),
            maximumAllocation: inquiry.number(CL_DEVICE_MAX_MEM_ALLOC_SIZE),
            computeUnits: inquiry.number(CL_DEVICE_MAX_COMPUTE_UNITS),
            maximumGroupSize: max(1, inquiry.number(CL_DEVICE_MAX_WORK_GROUP_SIZE)),
            maximumParameterBytes: max(256, inquiry.number(CL_DEVICE_MAX_PARAMETER_SIZE)),
            dividesCorrectlyRounded: inquiry.number(CL_DEVICE_SINGLE_FP_CONFIG)
                & Int(CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT) != 0,
            extensions: inquiry.text(CL_DEVICE_EXTENSIONS).split(separator: " ").map(String.init),
            identifier: UInt(bitPattern: device))
    }
}
