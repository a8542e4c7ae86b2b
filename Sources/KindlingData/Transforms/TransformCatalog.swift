// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The changes of training pictures that recipes can name.
public enum Transforms {
    /// What goes into the list `augmentation` of a data set of pictures.
    public static let kind = ComponentKind<any Transform>("transform") { all }

    /// Those that Kindling brings.
    public static let all: [Component<any Transform>] = [
        ColorJitter.component, RandomCrop.component, RandomErasing.component, RandomHorizontalFlip.component,
        RandomRotation.component, RandomVerticalFlip.component,
    ]
}
