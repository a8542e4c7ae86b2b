// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// ln(1 + x), exact near 0.
    ///
    /// Output: the input's shape; float32 for integers.
    public func log1p() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("log1p", .floating, .log1p)
