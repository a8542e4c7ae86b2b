// SPDX-License-Identifier: Apache-2.0

/// One OpenCL device as its driver describes it.
public struct OpenCLDevice: Sendable, Hashable {
    /// What kind of processor it is.
    public enum Kind: String, Sendable, Hashable {
        /// A graphics processor.
        case gpu
        /// The host's own processor, as PoCL offers it.
        case cpu
        /// Anything else.
        case accelerator
    }

    /// Its place in ``OpenCLDevices/devices``, the number in `opencl:0`.
    public let index: Int
    /// What kind of processor it is.
    public let kind: Kind
    /// The platform's name: `Portable Computing Language`.
    public let platform: String
    /// The platform's version: `OpenCL 3.0 PoCL 3.1`.
    public let platformVersion: String
    /// The device's name.
    public let name: String
    /// Who made it.
    public let vendor: String
    /// The driver's version.
    public let driver: String
    /// The OpenCL version it says it has.
    public let version: String
    /// The version of OpenCL C that its compiler takes.
    public let languageVersion: String
    /// Its memory, in bytes.
    public let globalMemory: Int
    /// The memory that the items of one work-group share, in bytes.
    public let localMemory: Int
    /// The largest single buffer, in bytes.
    public let maximumAllocation: Int
    /// How many compute units it has.
    public let computeUnits: Int
    /// How many items one work-group can have.
    public let maximumGroupSize: Int
    /// How many bytes a kernel's arguments can take.
    public let maximumParameterBytes: Int
    /// Whether single-precision division and square root can be asked to round correctly.
    public let dividesCorrectlyRounded: Bool
    /// What it says it can do beyond the standard; ``OpenCLFeature`` says what it really can.
    public let extensions: [String]

    /// The driver's own name for it, as an address.
    let identifier: UInt

    /// `NVIDIA H100 (NVIDIA CUDA, driver 550.54, 79 GiB, 132 compute units)`.
    public var summary: String {
        "\(name) (\(platform), driver \(driver), \(Self.bytes(globalMemory)), \(computeUnits) compute units)"
    }

    /// A byte count in words: `1.5 GiB`.
    static func bytes(_ count: Int) -> String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        var (value, unit) = (Double(count), 0)
        while value >= 1024, unit < units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
