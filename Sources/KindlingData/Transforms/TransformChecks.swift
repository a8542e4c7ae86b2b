// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Refuses a transform's parameter outside its range.
func checkTransform(_ name: String, _ value: Double, _ range: FieldRange) throws(DataError) {
    guard range.contains(value), value.isFinite else {
        throw DataError(
            .invalidValue, "\(name) is \(value), but must be \(range)", remedy: "give a number in the range")
    }
}

extension FieldRange {
    /// The numbers from one to another, both included.
    init(low: Double, high: Double) { self.init(low: low, high: high, includesLow: true, includesHigh: true) }
}
