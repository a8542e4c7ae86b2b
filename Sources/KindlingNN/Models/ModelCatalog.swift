// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The whole models that recipes can name.
public enum Models {
    /// One line a model, by name.
    public static let all: [Component<any Layer>] = [
        MLP.component
    ]
}
