// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The losses that recipes can name.
public enum Losses {
    /// The kind of component under `loss`.
    public static let kind = ComponentKind<any Loss>("loss") { all }

    /// One line a loss, by name.
    public static let all: [Component<any Loss>] = [
        CrossEntropy.component,
        MeanSquaredError.component,
    ]
}
