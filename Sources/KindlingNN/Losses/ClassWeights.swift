// SPDX-License-Identifier: Apache-2.0
internal import KindlingEngine

extension [Double] {
    /// The numbers as a tensor that fits what it is to be multiplied with.
    func weights(for other: Tensor) -> Tensor { Tensor(self, dtype: other.dtype, on: other.device) }
}
