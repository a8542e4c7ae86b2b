// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingBackend

/// Where in the program outside Kindling an operation was called.
enum CallSite {
    /// Our own modules, and the standard library's generic code that is specialised into ours, as symbols begin.
    private static let own =
        ["$ss", "$sS"]
        + [
            "KindlingBackend", "KindlingCPU", "KindlingOpenCL", "KindlingEngine", "KindlingNN", "KindlingOptim",
            "KindlingMetrics", "KindlingData", "KindlingIO", "KindlingTraining", "KindlingRecipes", "KindlingCLI",
            "KindlingDeclarations", "KindlingTesting", "ReferenceBackend",
        ].map { "$s\($0.utf8.count)\($0)" }

    /// How many frames are looked at: deep enough for a model's modules inside modules.
    private static let depth = 64

    /// The C library's unwinder, which follows the compiler's tables.
    ///
    /// The Swift runtime's own capture follows frame pointers and reads the memory map while other threads change it: it
    /// has ended the process, which no message is worth.
    private static let unwind: Unwind? = dlsym(nil, "backtrace").map { unsafeBitCast($0, to: Unwind.self) }
    private typealias Unwind = @convention(c) (UnsafeMutablePointer<UInt>, CInt) -> CInt

    /// The error with the way to `file:line` of the innermost frame of somebody else's code.
    ///
    /// Only addresses are taken now, some microseconds; debug information is read when the location is asked for.
    static func mark(_ error: TensorError) -> TensorError {
        // Without an unwinder there is no place to name: the message stands without it.
        guard let unwind else { return error }
        let addresses = [UInt](unsafeUninitializedCapacity: depth) { buffer, count in
            guard let base = buffer.baseAddress else { return }  // a capacity of 64 has one
            count = Int(max(0, unwind(base, CInt(depth))))
        }
        // A return address is behind the call: the byte before it belongs to the line that called.
        return error.located { place(of: addresses.map { $0 &- 1 }) }
    }

    /// Empty where debug information does not say.
    private static func place(of addresses: [UInt]) -> String {
        DebugInformation.first(of: addresses) { symbol, path, line in
            if line <= 0 || path.hasPrefix("<") || own.contains(where: symbol.hasPrefix) { return nil }
            return "\(path.split(separator: "/").last ?? ""):\(line)"
        } ?? ""
    }
}
