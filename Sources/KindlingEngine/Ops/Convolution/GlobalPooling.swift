// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The mean of each channel over all spatial axes: `[N, C, spatial…]` → `[N, C]` (Lin, Chen and Yan 2013).
    ///
    /// Refuses integers and inputs without spatial axes. NaN over no elements.
    ///
    ///     let features = pictures.globalAveragePooled()      // [64, 512, 7, 7] → [64, 512]
    /// - Parameter keepDims: Whether the spatial axes stay, with size 1.
    public func globalAveragePooled(keepDims: Bool = false) -> Tensor {
        overSpatialAxes("globalAveragePooled") {
            $0.reduced("globalAveragePooled", .sum, over: $1, keepDims: keepDims, mean: true)
        }
    }

    /// The largest element of each channel over all spatial axes: `[N, C, spatial…]` → `[N, C]`.
    ///
    /// Equal ones share the gradient; NaN when any is. Refuses integers, inputs without spatial axes and empty ones.
    ///
    ///     let features = pictures.globalMaxPooled()          // [64, 512, 7, 7] → [64, 512]
    /// - Parameter keepDims: Whether the spatial axes stay, with size 1.
    public func globalMaxPooled(keepDims: Bool = false) -> Tensor {
        overSpatialAxes("globalMaxPooled") {
            $0.reduced("globalMaxPooled", .maximum, over: $1, keepDims: keepDims)
        }
    }

    private func overSpatialAxes(_ operation: String, _ body: (Tensor, [Int]) -> Tensor) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            try checkSpatial(operation)
            return body(self, Array(2..<rank))
        } catch { return .failed(error, spec) }
    }

    /// Refuses what is no batch of pictures.
    func checkSpatial(_ operation: String) throws(TensorError) {
        guard (3...5).contains(rank) else {
            throw TensorError(
                .shapeMismatch, operation: operation, "an input of shape \(shape) has no spatial axes",
                remedy: "give [batch, channels, spatial…] with 1 to 3 spatial axes")
        }
        guard dtype.isFloatingPoint else {
            throw TensorError(
                .dtypeMismatch, operation: operation, "\(dtype.name) is not a floating-point type",
                remedy: "convert it: converted(to: .float32)")
        }
    }
}
