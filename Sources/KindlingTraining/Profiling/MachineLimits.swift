// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// How fast a device is at best, measured on the spot: what shares of the limit refer to.
public struct MachineLimits: Sendable {
    /// Floating-point operations a second of a large product in float32.
    public let wideOperations: Double
    /// Those of a product in bfloat16; of float32 where the device is no faster in it.
    public let halfOperations: Double
    /// Bytes a second that a copy of a large tensor reads and writes, together.
    public let bytes: Double

    /// Measures: the fastest of a few products of 1024³ and copies of 64 MB, a quarter of a second on two cores.
    /// - Throws: `TensorError` when the device fails.
    public static func measured(on device: Device) throws -> MachineLimits {
        try withTensorErrors {
            try noGrad {
                try withPrecision(nil) {
                    let wide = try product(of: .float32, on: device)
                    let half = device.accelerates(.bfloat16) ? try product(of: .bfloat16, on: device) : wide
                    return MachineLimits(wideOperations: wide, halfOperations: half, bytes: try copy(on: device))
                }
            }
        }
    }

    /// Seconds that the device needs at the least: for the arithmetic or for the memory, whichever takes longer.
    func seconds(wide: Double, half: Double, bytes: Double) -> Double {
        max(wide / wideOperations + half / halfOperations, bytes / self.bytes)
    }

    private static func product(of dtype: DType, on device: Device) throws -> Double {
        let size = 1024
        let factor = Tensor.full([size, size], 0.5, dtype: dtype, on: device)
        return try 2 * Double(size * size * size) / fastest(of: 8, on: device) { _ = factor.matmul(factor) }
    }

    private static func copy(on device: Device) throws -> Double {
        let source = Tensor.full([16 << 20], 0.5, on: device)
        return try 2 * Double(source.elementCount * 4) / fastest(of: 5, on: device) { _ = source + 1.0 }
    }

    /// Seconds of the fastest of some calls; the first only warms up.
    private static func fastest(of count: Int, on device: Device, _ body: () -> Void) throws -> Double {
        let clock = ContinuousClock()
        let times = try (0...count).map { _ in
            try clock.measure {
                body()
                try device.backend.synchronize()
            }.seconds
        }
        return max(1e-9, times.dropFirst().min() ?? 0)
    }
}
