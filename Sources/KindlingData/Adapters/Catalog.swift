// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The data modules that recipes can name.
public enum DataModules {
    /// What goes under `data:` in a recipe.
    public static let kind = ComponentKind<any DataModule>("dataset") { all }

    /// Those that Kindling brings.
    public static let all: [Component<any DataModule>] = [
        CIFAR10DataModule.component, IrisDataModule.component, MNISTDataModule.component, TableDataModule.component,
        TextFileDataModule.component, TinyShakespeare.component,
    ]
}
