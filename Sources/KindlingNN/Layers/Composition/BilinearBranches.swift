// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Gives one input to two branches and joins what they make of it by a bilinear form: y = f(x)ᵀ · W · g(x) + b.
///
/// Input: any shape that both branches take; they give `[…, in1]` and `[…, in2]`. Output: `[…, out]`. Layers of two
/// inputs of their own are ``Bilinear``.
///
///     BilinearBranches(Bilinear(16, 8, 4), first: [Linear(32, 16)], second: [Linear(32, 8)])
///
/// Members are named `first.0.weight`, `second.0.weight` and `bilinear.weight`; an empty branch hands the input on.
public final class BilinearBranches: Layer {
    /// f.
    public let first: Sequential
    /// g.
    public let second: Sequential
    /// What joins them.
    public let bilinear: Bilinear

    /// Two branches, each of some layers in order.
    public init(_ bilinear: Bilinear, first: [any Layer] = [], second: [any Layer] = []) {
        self.first = Sequential(first)
        self.second = Sequential(second)
        self.bilinear = bilinear
    }

    /// f(x)ᵀ · W · g(x) + b.
    public func forward(_ input: Tensor) -> Tensor { bilinear(first(input), second(input)) }

    static let component = Component<any Layer>(
        "BilinearBranches", "Joins what two branches make of one input by a bilinear form.",
        Field<Int>(required: "firstFeatures", in: .atLeast(1), "The first branch's last size."),
        Field<Int>(required: "secondFeatures", in: .atLeast(1), "The second branch's last size."),
        Field<Int>(required: "outFeatures", in: .atLeast(1), "The output's last size."),
        Field("bias", default: true, "Whether something is added."),
        Field(list: "first", of: LayerKind.kind, "The first branch; the input itself when empty."),
        Field(list: "second", of: LayerKind.kind, "The second branch; the input itself when empty.")
    ) { firstFeatures, secondFeatures, outFeatures, bias, first, second in
        try Bilinear.check(firstFeatures, secondFeatures, outFeatures)
        return BilinearBranches(
            Bilinear(firstFeatures, secondFeatures, outFeatures, bias: bias), first: first, second: second)
    }
}
