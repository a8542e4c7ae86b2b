// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The fields that convolutions share in recipes.
enum ConvolutionField {
    static let inChannels = Field<Int?>(
        "inChannels", default: nil, in: .atLeast(1), "Channels that go in; null takes the input's.")
    static let outChannels = Field<Int>(required: "outChannels", in: .atLeast(1), "Channels that come out.")
    static let kernelSize = Field<OneOrMore<Int>>(required: "kernelSize", in: .atLeast(1), "The window's size.")
    static let stride = Field<OneOrMore<Int>>(
        "stride", default: OneOrMore(1), in: .atLeast(1), "From one window to the next.")
    static let padding = Field<WrittenPadding>(
        "padding", default: .numbers(OneOrMore(0)), in: .nonNegative,
        "Elements added on both sides; same for as many as keep the size, valid for none.")
    static let removed = Field<OneOrMore<Int>>(
        "padding", default: OneOrMore(0), in: .nonNegative, "Elements taken away on both sides of the output.")
    static let outputPadding = Field<OneOrMore<Int>>(
        "outputPadding", default: OneOrMore(0), in: .nonNegative,
        "Elements more behind the output, fewer than the stride or the dilation.")
    static let dilation = Field<OneOrMore<Int>>(
        "dilation", default: OneOrMore(1), in: .atLeast(1), "From one element of a window to the next.")
    static let groups = Field(
        "groups", default: 1, in: .atLeast(1), "Into how many independent parts the channels fall.")
    static let depthMultiplier = Field(
        "depthMultiplier", default: 1, in: .atLeast(1), "Channels that come of each channel that goes in.")
    static let bias = Field("bias", default: true, "Whether something is added.")
    static let weightInitializer = Field(
        optional: "weightInitializer", of: InitializerKind.kind,
        "How the weight begins; null is evenly in ±1/√(elements that one of the output comes of).")
    static let biasInitializer = Field(
        optional: "biasInitializer", of: InitializerKind.kind, "How the bias begins; null as the weight's null.")
    static let paddingMode = Field("paddingMode", default: ConvolutionBorder.zeros, "What is added around the input.")
}

/// What a convolution's recipe can put around the input.
enum ConvolutionBorder: String, FieldChoice {
    case zeros, reflect, replicate, circular

    var padding: PaddingMode {
        switch self {
        case .zeros: .constant(0)
        case .reflect: .reflect
        case .replicate: .replicate
        case .circular: .circular
        }
    }
}
