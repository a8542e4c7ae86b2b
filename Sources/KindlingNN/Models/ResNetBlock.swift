// SPDX-License-Identifier: Apache-2.0
internal import KindlingEngine

/// A block of a ``ResNet``: y = relu(f(x) + p(x)).
///
/// f is two convolutions of 3, or in a bottleneck convolutions of 1, 3 and 1, of which the last gives four times as many
/// channels; each is followed by a normalization, and by a ReLU but for the last. p is a convolution of 1 and a
/// normalization where the shape changes.
final class ResNetBlock: Layer {
    let conv1: Conv2D
    let bn1: BatchNorm2D
    let conv2: Conv2D
    let bn2: BatchNorm2D
    let conv3: Conv2D?
    let bn3: BatchNorm2D?
    let downsample: Sequential?
    let outChannels: Int

    init(_ inChannels: Int, _ width: Int, stride: Int, isBottleneck: Bool, zeroInitResidual: Bool) {
        outChannels = isBottleneck ? 4 * width : width
        conv1 = convolution(inChannels, width, isBottleneck ? 1 : 3, stride: isBottleneck ? 1 : stride)
        bn1 = BatchNorm2D(width)
        conv2 = convolution(width, width, 3, stride: isBottleneck ? stride : 1)
        bn2 = BatchNorm2D(width)
        conv3 = isBottleneck ? convolution(width, outChannels, 1) : nil
        bn3 = isBottleneck ? BatchNorm2D(outChannels) : nil
        downsample =
            stride != 1 || inChannels != outChannels
            ? Sequential([convolution(inChannels, outChannels, 1, stride: stride), BatchNorm2D(outChannels)]) : nil
        if zeroInitResidual { (bn3 ?? bn2).weight?.redraw(.zeros) }
    }

    func forward(_ input: Tensor) -> Tensor {
        var x = bn2(conv2(bn1(conv1(input)).relu()))
        if let conv3, let bn3 { x = bn3(conv3(x.relu())) }
        return (x + (downsample?(input) ?? input)).relu()
    }
}

private func convolution(_ inChannels: Int, _ outChannels: Int, _ kernelSize: Int, stride: Int = 1) -> Conv2D {
    Conv2D(
        inChannels, outChannels, kernelSize: kernelSize, stride: stride, padding: kernelSize / 2, bias: false,
        weightInitializer: TorchvisionInitializer.convolution)
}
