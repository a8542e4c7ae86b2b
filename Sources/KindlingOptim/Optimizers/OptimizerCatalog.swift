// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The optimizers that recipes can name.
public enum Optimizers {
    /// The kind of component under `optimizer`.
    public static let kind = ComponentKind<any OptimizerRule>("optimizer") { all }

    /// One line an optimizer, by name.
    public static let all: [Component<any OptimizerRule>] = [
        Adadelta.component,
        Adafactor.component,
        Adagrad.component,
        Adam.component,
        AdamW.component,
        Adamax.component,
        LAMB.component,
        Lion.component,
        Lookahead.component,
        Muon.component,
        NAdam.component,
        RAdam.component,
        RMSprop.component,
        SGD.component,
    ]
}
