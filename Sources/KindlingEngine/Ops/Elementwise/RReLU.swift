// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The randomized leaky ReLU as it is evaluated: x where positive, else x times the mean slope (Xu and others 2015).
    ///
    /// - Parameter slopes: The range from which slopes are drawn in training.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     let activated = x.rrelu(slopes: 0.1...0.3)          // leakyReLU(slope: 0.2)
    public func rrelu(slopes: ClosedRange<Double> = 0.125...(1.0 / 3)) -> Tensor {
        leakyReLU(slope: slopes.lowerBound / 2 + slopes.upperBound / 2)
    }
}
