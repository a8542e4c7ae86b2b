// SPDX-License-Identifier: Apache-2.0

/// Refuses a size below 1, or one that no tensor has.
func checkSize(_ parameter: String, _ size: Int) throws(LayerError) {
    guard size >= 1 else { throw LayerError(parameter, size, must: "be 1 or more") }
    guard size <= 1 << 40 else { throw LayerError(parameter, size, must: "be a size that a tensor can have") }
}

/// Refuses what is no positive number.
func checkEpsilon(_ epsilon: Double) throws(LayerError) {
    guard epsilon > 0, epsilon.isFinite else { throw LayerError("epsilon", epsilon, must: "be a number above 0") }
}

/// Refuses what is no share.
func checkRate(_ parameter: String, _ rate: Double) throws(LayerError) {
    guard rate >= 0, rate <= 1 else { throw LayerError(parameter, rate, must: "be in 0 ... 1") }
}
