// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// How many look at operations or change them, in any task: precision policies, anomaly detection, profiles.
///
/// One load at the door says that nobody does, which is the rule; only then are task-local values asked for.
enum Watchers {
    /// A kind of watcher; its raw value is 1 of it in ``word``.
    enum Kind: UInt64 {
        case precision = 0x1
        case anomalies = 0x10_0000
        case profiles = 0x100_0000_0000

        /// The bits that count this kind: a million at a time.
        var mask: UInt64 { rawValue &* 0xF_FFFF }
    }

    /// The numbers of all kinds, side by side.
    private static let word = Atomic<UInt64>(0)

    /// Whether anybody watches.
    static var isAny: Bool { word.load(ordering: .relaxed) != 0 }

    /// Whether anybody of a kind watches, in any task.
    static func has(_ kind: Kind) -> Bool { word.load(ordering: .relaxed) & kind.mask != 0 }

    static func add(_ kind: Kind) { word.wrappingAdd(kind.rawValue, ordering: .relaxed) }
    static func remove(_ kind: Kind) { word.wrappingSubtract(kind.rawValue, ordering: .relaxed) }
}
