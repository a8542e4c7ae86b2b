// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import Testing

@testable import KindlingOpenCL

@Suite struct DiscoveryTests {
    @Test func noDriverIsAnAnswerWithTheWayOut() {
        let none = OpenCLDevices.none(because: OpenCLDevices.platformNotFound)
        #expect(none.devices.isEmpty)
        #expect(
            none.reasonForNone == "no OpenCL driver is installed; install pocl-opencl-icd or your vendor's driver, "
                + "and see that its .icd file is in /etc/OpenCL/vendors")
    }

    @Test func aDeviceThatIsNotThereIsAnError() {
        let error = #expect(throws: TensorError.self) { try OpenCLBackend.device(4096) }
        #expect(error?.code == .deviceFailure)
        #expect(error?.operation == "opencl:4096")
    }

    @Test(.onDevice) func devicesDescribeThemselves() throws {
        for device in OpenCLDevices.all().devices {
            #expect(!device.name.isEmpty && !device.driver.isEmpty && !device.version.isEmpty)
            #expect(device.globalMemory > 0 && device.maximumAllocation > 0 && device.localMemory > 0)
            #expect(device.computeUnits > 0 && device.maximumGroupSize > 0)
        }
    }

    @Test(.onDevice) func oneBackendADevice() throws {
        let first = try OpenCLBackend.device(0)
        #expect(try OpenCLBackend.device(0) === first)
        #expect(first.name == "opencl:0")
    }

    @Test func byteCountsAreSaidInWords() {
        #expect([512, 1536, 3 << 30].map(OpenCLDevice.bytes) == ["512 B", "1.5 KiB", "3 GiB"])
    }
}
