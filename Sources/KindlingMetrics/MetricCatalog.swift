// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The metrics that recipes can name.
public enum Metrics {
    /// The kind of component under `metrics`.
    public static let kind = ComponentKind<any Metric>("metric") { all }

    /// One line a metric, by name.
    public static let all: [Component<any Metric>] = [
        Accuracy.component
    ]
}
