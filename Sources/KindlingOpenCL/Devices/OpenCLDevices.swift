// SPDX-License-Identifier: Apache-2.0
internal import COpenCL

/// The OpenCL devices of this computer, or the reason why there are none.
///
///     for device in OpenCLDevices.all().devices { print("opencl:\(device.index)", device.summary) }
public struct OpenCLDevices: Sendable {
    /// The devices: graphics processors first, then in the order of the drivers.
    public let devices: [OpenCLDevice]
    /// Why there are none, with the way out; empty when there are some.
    public let reasonForNone: String

    /// Asks every installed driver.
    ///
    /// Nothing is asked before the first call; without a driver the list is empty.
    public static func all() -> OpenCLDevices {
        var count: cl_uint = 0
        let status = clGetPlatformIDs(0, nil, &count)
        guard status == CL_SUCCESS, count > 0 else { return none(because: status) }
        var platforms = [cl_platform_id?](repeating: nil, count: Int(count))
        let listed = clGetPlatformIDs(count, &platforms, nil)
        guard listed == CL_SUCCESS else { return none(because: listed) }
        let found = platforms.compactMap(\.self).flatMap(identifiers(of:))
        guard !found.isEmpty else {
            return OpenCLDevices(devices: [], reasonForNone: "the OpenCL drivers found no device; " + wayOut)
        }
        let ordered = found.filter(\.isGPU) + found.filter { !$0.isGPU }
        return OpenCLDevices(
            devices: ordered.enumerated().map {
                OpenCLDevice(index: $0.offset, $0.element.device, $0.element.platform)
            },
            reasonForNone: "")
    }

    /// An empty list, with what the loader's answer means.
    static func none(because status: Int32) -> OpenCLDevices {
        let what =
            status == platformNotFound || status == CL_SUCCESS
            ? "no OpenCL driver is installed" : "the OpenCL loader answered \(Status.name(status))"
        return OpenCLDevices(devices: [], reasonForNone: "\(what); \(wayOut)")
    }

    /// `CL_PLATFORM_NOT_FOUND_KHR`: the loader is there, and no driver is.
    static let platformNotFound: Int32 = -1001

    private static let wayOut =
        "install pocl-opencl-icd or your vendor's driver, and see that its .icd file is in /etc/OpenCL/vendors"

    private struct Found {
        let platform: cl_platform_id
        let device: cl_device_id
        let isGPU: Bool
    }

    /// A platform without devices answers with an error, which here only means that it adds none.
    private static func identifiers(of platform: cl_platform_id) -> [Found] {
        var count: cl_uint = 0
        let type = cl_device_type(CL_DEVICE_TYPE_ALL)
        guard clGetDeviceIDs(platform, type, 0, nil, &count) == CL_SUCCESS, count > 0 else { return [] }
        var devices = [cl_device_id?](repeating: nil, count: Int(count))
        guard clGetDeviceIDs(platform, type, count, &devices, nil) == CL_SUCCESS else { return [] }
        return devices.compactMap(\.self).map { device in
            Found(platform: platform, device: device, isGPU: DeviceInquiry(device: device).kind == .gpu)
        }
    }
}
