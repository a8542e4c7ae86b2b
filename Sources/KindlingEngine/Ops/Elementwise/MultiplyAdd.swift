// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x · factor + addend in one pass, element by element; broadcasting.
    ///
    /// Integers become the factor's floating-point type, so pictures stored as bytes are normalised without a copy.
    ///
    ///     Tensor([2.0]).multiplied(by: Tensor([3.0]), adding: Tensor([1.0]))      // [7]
    public func multiplied(by factor: Tensor, adding addend: Tensor) -> Tensor {
        elementwise(definition, factor, addend)
    }
}

private let definition = ElementwiseDefinition("multiplyAdd", .promoted, .multiplyAdd)
