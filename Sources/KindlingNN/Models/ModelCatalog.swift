// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The whole models that recipes can name.
public enum Models {
    /// One line a model, by name.
    public static let all: [Component<any Layer>] = [
        Autoencoder.component,
        GPT.component,
        LSTMClassifier.component,
        LeNet.component,
        MLP.component,
        MobileNetV2.component,
        ResNet.component,
        UNet.component,
        VAE.component,
        VGG.component,
        ViT.component,
    ]
}
