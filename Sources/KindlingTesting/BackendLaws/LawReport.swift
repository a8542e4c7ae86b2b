// SPDX-License-Identifier: Apache-2.0

/// What came of checking a backend.
public struct LawReport: Sendable, CustomStringConvertible {
    /// How many calls were made.
    public internal(set) var callCount = 0
    /// Where the backend differs from the reference.
    public internal(set) var violations: [LawViolation] = []
    /// Calls that the backend refused as unsupported, which it may, each in words.
    public internal(set) var refusals: [String] = []

    /// Nothing checked yet.
    init() {}

    /// Takes over what another report says.
    mutating func append(_ other: LawReport) {
        callCount += other.callCount
        violations += other.violations
        refusals += other.refusals
    }

    /// The counts, then one line a violation.
    public var description: String {
        let counts = "\(callCount) calls, \(violations.count) violations, \(refusals.count) refused"
        return ([counts] + violations.map(\.description)).joined(separator: "\n")
    }
}

/// One call whose result is wrong.
public struct LawViolation: Sendable, CustomStringConvertible {
    /// The law's name.
    public let law: String
    /// The request and its operands in words.
    public let call: String
    /// What is wrong: the first bad element, both values, and how far apart they are.
    public let finding: String

    /// All of it on one line.
    public var description: String { "\(law): \(call): \(finding)" }
}
