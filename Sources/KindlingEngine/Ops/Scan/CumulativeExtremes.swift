// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The largest element so far along an axis: y_i = max_{j≤i} x_j; NaN from the first NaN on.
    ///
    /// Output: the input's shape and type. log₂ n passes. Elements that share the largest share the gradient. An axis
    /// that does not exist is an error.
    ///
    ///     Tensor([1.0, 3.0, 2.0]).cumulativeMaximum(along: 0)      // [1, 3, 3]
    public func cumulativeMaximum(along axis: Int) -> Tensor {
        combinedSoFar("cumulativeMaximum", axis) { $0.maximum($1) }
    }

    /// The smallest element so far along an axis: y_i = min_{j≤i} x_j; NaN from the first NaN on.
    ///
    /// Output: the input's shape and type. log₂ n passes. Elements that share the smallest share the gradient. An axis
    /// that does not exist is an error.
    ///
    ///     Tensor([3.0, 1.0, 2.0]).cumulativeMinimum(along: 0)      // [3, 1, 1]
    public func cumulativeMinimum(along axis: Int) -> Tensor {
        combinedSoFar("cumulativeMinimum", axis) { $0.minimum($1) }
    }

    /// The logarithm of the sums of exponentials so far along an axis: y_i = ln Σ_{j≤i} exp(x_j), without overflow.
    ///
    /// Output: the input's shape and type. log₂ n passes; float16 and bfloat16 are computed on in float32. Refuses
    /// integers and an axis that does not exist.
    ///
    ///     Tensor([0.0, 0.0]).logCumulativeSumExp(along: 0)         // [0, 0.6931]
    public func logCumulativeSumExp(along axis: Int) -> Tensor {
        noting { () throws(TensorError) in
            try requireReal("logCumulativeSumExp", "elements")
            return converted(to: statisticsType).combinedSoFar("logCumulativeSumExp", axis) { $0.logAddExp($1) }
                .converted(to: dtype)
        }
    }

    /// What an associative operation makes of the elements so far: after pass k each holds 2ᵏ of them.
    private func combinedSoFar(_ operation: String, _ axis: Int, _ combine: (Tensor, Tensor) -> Tensor) -> Tensor {
        noting { () throws(TensorError) in
            let axis = try resolved(axis: axis, operation)
            let count = shape[axis]
            var result = self
            var reach = 1
            while reach < count, !result.value.isPlaceholder {
                let later = result.sliced(reach..<count, along: axis)
                let earlier = result.sliced(0..<count - reach, along: axis)
                result = .concatenated(
                    [result.sliced(0..<reach, along: axis), combine(later, earlier)], along: axis)
                reach *= 2
            }
            return result
        }
    }
}
