// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

/// The number format of what is timed, by the peers' names.
enum BenchPrecision: String, ExpressibleByArgument, CaseIterable {
    case f32
    case bf16

    /// What training steps run under.
    var policy: PrecisionPolicy? { self == .bf16 ? PrecisionPolicy(.bfloat16) : nil }

    /// What single operations take.
    var dtype: DType { self == .bf16 ? .bfloat16 : .float32 }

    /// That it will not be faster than float32, where the device has no such products.
    func warning(on device: Device) -> String? {
        self == .bf16 ? Precision.bfloat16Mixed.warning(on: device) : nil
    }
}
