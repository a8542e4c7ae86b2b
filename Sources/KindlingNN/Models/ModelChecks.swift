// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// Refuses a number of channels, classes or layers that no model has.
///
/// The bound keeps products of a few such numbers countable.
func checkModelSize(_ parameter: String, _ size: Int, atMost most: Int = 1 << 20) throws(LayerError) {
    guard (1...most).contains(size) else { throw LayerError(parameter, size, must: "be in 1 ... \(most)") }
}

extension Tensor {
    /// What stands in for the result of a model that is made for square pictures of one size; nil when these are such.
    func requiring(side: Int, by model: String) -> Tensor? {
        guard !isPlaceholder, rank != 4 || shape[2] != side || shape[3] != side else { return nil }
        return .failed(
            TensorError(
                .shapeMismatch, operation: model, "an input of shape \(shape) is not [N, channels, \(side), \(side)]",
                remedy: "resize the pictures, or make the model with their image_size"), spec)
    }
}

/// What torchvision's initializations share.
enum TorchvisionInitializer {
    /// Of convolutions before a ReLU.
    static let convolution = Initializer.kaimingNormal(for: .relu, mode: .fanOut)
    /// Of the last linear layers of VGG and MobileNet.
    static let linear = Initializer.normal(standardDeviation: 0.01)
}
