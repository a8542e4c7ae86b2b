// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// What running statistics need of their buffers.
extension Buffer {
    /// The value where an input lies.
    func value(on device: Device) -> Tensor {
        let value = value
        // Only what is on no device cannot be copied, and that is what the value is then.
        return device == .meta ? .zeros(value.shape, dtype: value.dtype, on: .meta) : value.moved(to: device)
    }

    /// Goes a share of the way to a batch's statistics.
    ///
    /// In its own type, so that a checkpoint's types do not depend on the precision trained in.
    func follow(_ batch: Tensor, momentum: Double) {
        guard batch.device != .meta else { return }  // shapes are checked without changing a model
        noGrad {
            value = value(on: batch.device).interpolated(
                to: batch.detached().converted(to: value.dtype), weight: momentum)
        }
    }
}

extension Tensor {
    /// The same elements on a device; what cannot be copied is noted.
    func moved(to device: Device) -> Tensor {
        do throws(TensorError) { return try copied(to: device) } catch { return .failed(error, spec) }
    }
}

/// `4 axes`, `2 to 3 axes`.
func axesInWords(_ ranks: ClosedRange<Int>) -> String {
    ranks.count == 1 ? "\(ranks.lowerBound) axes" : "\(ranks.lowerBound) to \(ranks.upperBound) axes"
}
