// SPDX-License-Identifier: Apache-2.0

/// Arguments of a layer that are right one by one but do not go together.
public struct LayerError: Error, CustomStringConvertible {
    /// What is wrong.
    public let what: String

    /// Describes the mistake.
    public init(what: String) { self.what = what }

    /// What is wrong.
    public var description: String { what }
}
