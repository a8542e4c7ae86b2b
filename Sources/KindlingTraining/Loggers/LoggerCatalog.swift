// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The loggers that recipes can name.
public enum Loggers {
    /// The kind of component under `loggers`.
    public static let kind = ComponentKind<any Logger>("logger") { all }

    /// One line a logger, by name.
    public static let all: [Component<any Logger>] = [
        ConsoleLogger.component,
        CSVLogger.component,
        JSONLinesLogger.component,
        MLflowLogger.component,
        TensorBoardLogger.component,
    ]
}
