// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

extension Tensor {
    /// Whole numbers spread evenly over low ..< high, int64.
    ///
    /// Made from uniform numbers of 53 bits, so no number is likelier than another by more than (high − low) / 2⁵³.
    /// An empty range, or one of more than 2⁵³ numbers, is an error.
    ///
    ///     Tensor.randomIntegers([3], low: 0, high: 10, from: &stream)
    public static func randomIntegers(
        _ shape: Shape, low: Int = 0, high: Int, from stream: inout RandomStream, on device: Device = .current
    ) -> Tensor {
        let (count, overflow) = high.subtractingReportingOverflow(low)
        guard !overflow, count > 0, count <= 1 << 53 else {
            return .failed(
                TensorError(
                    .invalidValue, operation: "randomIntegers",
                    "\(low) ..< \(high) is not a range of 1 to 2⁵³ whole numbers", remedy: "give low < high"),
                TensorSpec(shape: [0], dtype: .int64))
        }
        let parts = uniform(shape, from: &stream, dtype: .float64, on: device)
        // low is added as a tensor: a number would pass through float64.
        return (parts * Double(count)).floor().converted(to: .int64) + Tensor([low], shape: [], on: device)
    }

    /// The whole numbers 0 ..< count in random order, int64 `[count]`.
    ///
    /// The order is that of ``RandomStream/permutation(_:)``, the same on every device. A negative count is an error.
    ///
    ///     x.gathered(at: .permutation(x.shape[0], from: &stream))      // shuffled
    public static func permutation(
        _ count: Int, from stream: inout RandomStream, on device: Device = .current
    ) -> Tensor {
        do throws(TensorError) { try requireCount(count, "permutation") } catch {
            return .failed(error, TensorSpec(shape: [0], dtype: .int64))
        }
        let places = indices(count, on: device)
        if places.value.isPlaceholder || device.backend.isShapeOnly { return places }
        return Tensor(stream.permutation(count), on: device)
    }
}
