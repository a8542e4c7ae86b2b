// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// The initializers that recipes can name.
public enum Initializers {
    /// One line an initializer, by name.
    public static let all: [Component<Initializer>] = [
        ConstantInitializer.component,
        GlorotNormalInitializer.component,
        GlorotUniformInitializer.component,
        HeNormalInitializer.component,
        HeUniformInitializer.component,
        IdentityInitializer.component,
        KaimingNormalInitializer.component,
        KaimingUniformInitializer.component,
        LecunNormalInitializer.component,
        LecunUniformInitializer.component,
        OnesInitializer.component,
        OrthogonalInitializer.component,
        RandomNormalInitializer.component,
        RandomUniformInitializer.component,
        STFTInitializer.component,
        TruncatedNormalInitializer.component,
        VarianceScalingInitializer.component,
        XavierNormalInitializer.component,
        XavierUniformInitializer.component,
        ZerosInitializer.component,
    ]
}
