// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// ln x, element by element; −∞ at 0 and NaN below.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([1.0, 10.0]).log()      // [0, 2.3026]
    public func log() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("log", .floating, .log)
