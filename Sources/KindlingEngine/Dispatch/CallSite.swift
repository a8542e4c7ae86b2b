// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingBackend
internal import Runtime

/// Where in the program outside Kindling an operation was called.
enum CallSite {
    /// Our own modules, as their names begin in a symbol.
    private static let own = [
        "KindlingBackend", "KindlingCPU", "KindlingOpenCL", "KindlingEngine", "KindlingNN", "KindlingOptim",
        "KindlingMetrics", "KindlingData", "KindlingIO", "KindlingTraining", "KindlingRecipes", "KindlingCLI",
        "KindlingDeclarations", "KindlingTesting", "ReferenceBackend",
    ].map { "$s\($0.utf8.count)\($0)" }

    /// The error with the way to `file:line` of the innermost frame of somebody else's code.
    ///
    /// Only addresses are taken now, some microseconds; debug information is read when the location is asked for.
    static func mark(_ error: TensorError) -> TensorError {
        // Without a stack there is no place to name: the message stands without it.
        guard let trace = try? Backtrace.capture(limit: 48) else { return error }
        return error.located { place(in: trace) }
    }

    /// Empty where debug information does not say.
    private static func place(in trace: Backtrace) -> String {
        guard let trace = trace.symbolicated() else { return "" }
        for frame in trace.frames {
            guard let symbol = frame.symbol, let place = symbol.sourceLocation, place.line > 0 else { continue }
            if own.contains(where: { symbol.rawName.hasPrefix($0) }) { continue }
            // Generic code of the standard library, specialised into ours.
            if symbol.rawName.hasPrefix("$ss") || symbol.rawName.hasPrefix("$sS") { continue }
            if place.path.hasPrefix("<") { continue }
            let file = place.path.split(separator: "/").last ?? ""
            return "\(file):\(place.line)"
        }
        return ""
    }
}
