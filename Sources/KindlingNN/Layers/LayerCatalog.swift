// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The layers that recipes can name.
public enum Layers {
    /// One line a layer, by name.
    public static let all: [Component<any Layer>] = [
        AveragePool2D.component,
        Conv2D.component,
        Dropout.component,
        Flatten.component,
        GELU.component,
        Linear.component,
        MaxPool2D.component,
        ReLU.component,
        Sequential.component,
        SiLU.component,
        Sigmoid.component,
        Tanh.component,
    ]
}
