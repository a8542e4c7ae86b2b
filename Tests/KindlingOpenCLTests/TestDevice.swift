// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import Testing

@testable import KindlingOpenCL

/// The device that the tests run on: the first there is, with nothing kept on disk.
enum TestDevice {
    static let devices = OpenCLDevices.all()

    /// Opened once for all suites, as compiling kernels is most of their time.
    static let backend: OpenCLBackend? = {
        guard let device = devices.devices.first else {
            print("The OpenCL tests are skipped: \(devices.reasonForNone)")
            return nil
        }
        do {
            return try OpenCLBackend(device, binaries: BinaryStore(folder: nil))
        } catch {
            Issue.record("\(device.name) cannot be opened: \(error)")
            return nil
        }
    }()

    static var isThere: Bool { backend != nil }

    static func required() throws -> OpenCLBackend { try #require(backend) }
}

extension Trait where Self == ConditionTrait {
    /// Skips, with the reason, on a computer without OpenCL.
    static var onDevice: Self {
        .enabled("no OpenCL device: \(TestDevice.devices.reasonForNone)") { TestDevice.isThere }
    }
}
