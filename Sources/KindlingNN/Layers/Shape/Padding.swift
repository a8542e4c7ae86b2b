// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Sequences, pictures or volumes with elements put around them: `[N, C, spatial…]` → `[N, C, spatial…]`.
///
/// One layer for 1 to 3 spatial axes and every mode: PyTorch's `ZeroPad2d`, `ConstantPad1d`, `ReflectionPad3d`,
/// `ReplicationPad2d` and `CircularPad1d`, Keras' `ZeroPadding2D`.
///
///     Padding(1)(x)                                   // [N, C, 8, 8] → [N, C, 10, 10], zeros
///     Padding([0, 2], mode: .reflect)(x)              // [N, C, 8, 8] → [N, C, 8, 12]
///     Padding(before: 2, after: 0)(x)                 // [N, C, 8] → [N, C, 10], nothing behind: causal
public final class Padding: ParameterlessLayer {
    /// As much on both sides.
    /// - Parameters:
    ///   - width: How many elements, one number for all spatial axes or one for each.
    ///   - mode: What they are; zeros by default.
    public convenience init(_ width: some PerAxis, mode: PaddingMode = .constant(0)) {
        self.init(before: width, after: width, mode: mode)
    }

    /// Not as much on one side as on the other.
    /// - Parameters:
    ///   - before: How many elements before the first, one number for all spatial axes or one for each.
    ///   - after: How many behind the last.
    ///   - mode: What they are; zeros by default.
    public init(before: some PerAxis, after: some PerAxis, mode: PaddingMode = .constant(0)) {
        let borders = Borders(before: before, after: after)
        super.init(mistake: borders.mistake) { input in
            borders.applied(to: input, "Padding") { input.padded($0, mode: mode) }
        }
    }

    static let component = Component<any Layer>(
        "Padding", "Elements put around sequences, pictures or volumes.",
        Field<OneOrMore<Int>>(required: "width", in: .nonNegative, "Elements before each spatial axis."),
        Field<OneOrMore<Int>?>(
            "widthAfter", default: nil, in: .nonNegative, "Elements behind each spatial axis; as before when null."),
        Field("mode", default: BorderMode.constant, "What is put there."),
        Field("value", default: 0.0, "The number of mode constant.")
    ) { width, widthAfter, mode, value in
        try Padding(before: width, after: widthAfter ?? width, mode: mode.padding(value)).checked()
    }
}

/// ``PaddingMode`` as recipes spell it.
enum BorderMode: String, FieldChoice {
    case constant, reflect, replicate, circular

    func padding(_ value: Double) -> PaddingMode {
        switch self {
        case .constant: .constant(value)
        case .reflect: .reflect
        case .replicate: .replicate
        case .circular: .circular
        }
    }
}
