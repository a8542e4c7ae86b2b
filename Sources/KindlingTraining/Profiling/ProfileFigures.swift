// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import KindlingEngine

/// A profile's figures, as `profile.json` has them.
struct ProfileFigures: Encodable {
    struct Limits: Encodable {
        let float32GFLOPs: Double
        let bfloat16GFLOPs: Double
        let gigabytesPerSecond: Double

        enum CodingKeys: String, CodingKey {
            case float32GFLOPs = "float32_gflop_per_s"
            case bfloat16GFLOPs = "bfloat16_gflop_per_s"
            case gigabytesPerSecond = "gb_per_s"
        }
    }

    struct Operation: Encodable {
        let operation: String
        let pass: OperationProfile.Pass
        let calls: Int
        let selfSeconds: Double
        let totalSeconds: Double
        let flop: Double
        let bytes: Double
        let gflopPerSecond: Double
        let gigabytesPerSecond: Double
        let shareOfTime: Double
        let shareOfLimit: Double

        enum CodingKeys: String, CodingKey {
            case operation, pass, calls, flop, bytes
            case selfSeconds = "self_s"
            case totalSeconds = "total_s"
            case gflopPerSecond = "gflop_per_s"
            case gigabytesPerSecond = "gb_per_s"
            case shareOfTime = "share_of_time"
            case shareOfLimit = "share_of_limit"
        }
    }

    struct Module: Encodable {
        let path: String
        let type: String
        let calls: Int
        /// By pass.
        let seconds: [String: Double]
    }

    struct Part: Encodable {
        let name: String
        let count: Int
        let totalSeconds: Double
        let selfSeconds: Double

        enum CodingKeys: String, CodingKey {
            case name, count
            case totalSeconds = "total_s"
            case selfSeconds = "self_s"
        }
    }

    let device: String
    let seconds: Double
    let limits: Limits
    let operations: [Operation]
    let modules: [Module]
    let parts: [Part]
    let eventsLeftOut: Int

    enum CodingKeys: String, CodingKey {
        case device, limits, operations, modules, parts
        case seconds = "recorded_s"
        case eventsLeftOut = "trace_events_left_out"
    }

    init(_ profile: OperationProfile, limits: MachineLimits, device: Device) {
        let whole = max(profile.seconds, 1e-9)
        self.device = device.description
        seconds = profile.seconds
        self.limits = Limits(
            float32GFLOPs: limits.wideOperations / 1e9, bfloat16GFLOPs: limits.halfOperations / 1e9,
            gigabytesPerSecond: limits.bytes / 1e9)
        operations = profile.operations.map { row in
            let own = max(row.selfSeconds, 1e-9)
            return Operation(
                operation: row.name, pass: row.pass, calls: row.callCount, selfSeconds: row.selfSeconds,
                totalSeconds: row.totalSeconds, flop: row.floatingPointOperations, bytes: row.bytes,
                gflopPerSecond: row.floatingPointOperations / own / 1e9, gigabytesPerSecond: row.bytes / own / 1e9,
                shareOfTime: row.selfSeconds / whole, shareOfLimit: row.leastSeconds(limits) / own)
        }
        modules = profile.modules.map { row in
            Module(
                path: row.path, type: row.type, calls: row.callCount,
                seconds: Dictionary(uniqueKeysWithValues: row.seconds.map { ($0.key.rawValue, $0.value) }))
        }
        parts = profile.parts.map {
            Part(name: $0.name, count: $0.count, totalSeconds: $0.totalSeconds, selfSeconds: $0.selfSeconds)
        }
        eventsLeftOut = profile.eventsLeftOut
    }

    /// The bytes of the file.
    var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try Array(encoder.encode(self))
        }
    }
}
