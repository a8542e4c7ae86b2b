import Kindling

/// A convolutional network with ways around its blocks (He and others 2016): `[N, C, H, W]` → `[N, classes]`.
final class SmallResNet: Layer {
    let layers: Sequential

    init(inChannels: Int = 1, classes: Int = 3, width: Int = 16, blocks: Int = 2) {
        layers = Sequential {
            Conv2D(inChannels, width, kernelSize: 3, stride: 2, padding: 1)
            BatchNorm2D(width)
            ReLU()
            for _ in 0..<max(0, blocks) {
                Residual {
                    Conv2D(width, width, kernelSize: 3, padding: 1)
                    BatchNorm2D(width)
                    ReLU()
                    Conv2D(width, width, kernelSize: 3, padding: 1)
                    BatchNorm2D(width)
                }
                ReLU()
            }
            GlobalAveragePool2D()
            Flatten()
            Linear(width, classes)
        }
    }

    func forward(_ input: Tensor) -> Tensor { layers(input) }

    static let component = Component<any Layer>(
        "SmallResNet", "A convolutional network with ways around its blocks.",
        Field("inChannels", default: 1, in: .atLeast(1), "Channels of a picture."),
        Field("classes", default: 3, in: .atLeast(2), "Classes to tell apart."),
        Field("width", default: 16, in: .atLeast(1), "Channels inside."),
        Field("blocks", default: 2, in: .nonNegative, "Blocks with a way around.")
    ) { inChannels, classes, width, blocks in
        SmallResNet(inChannels: inChannels, classes: classes, width: width, blocks: blocks)
    }
}
