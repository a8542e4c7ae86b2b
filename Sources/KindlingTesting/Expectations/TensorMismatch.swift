// SPDX-License-Identifier: Apache-2.0

/// What an expectation on a tensor found, in words, with the place of the expectation.
public struct TensorMismatch: Error, Sendable, CustomStringConvertible {
    /// What differs: the first bad element, its index, both values, and how many there are.
    public let what: String
    /// The expectation's place: `MyTests/LayerTests.swift:12`.
    public let location: String

    init(_ what: String, fileID: StaticString, line: UInt) {
        self.what = what
        location = "\(fileID):\(line)"
    }

    /// `… at MyTests/LayerTests.swift:12`.
    public var description: String { "\(what) at \(location)" }
}
