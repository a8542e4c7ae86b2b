// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The callbacks that recipes can name.
public enum Callbacks {
    /// The kind of component under `callbacks`.
    public static let kind = ComponentKind<any Callback>("callback") { all }

    /// One line a callback, by name.
    public static let all: [Component<any Callback>] = [
        EarlyStopping.component,
        LiveView.component,
        ModelCheckpoint.component,
        ModelSummary.component,
        ProgressBar.component,
        Report.component,
        ResultsTable.component,
    ]
}
