// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
internal import KindlingEngine

/// Sequences, pictures or volumes with elements taken away around them: `[N, C, spatial…]` → `[N, C, spatial…]`.
///
/// One layer for 1 to 3 spatial axes: Keras' `Cropping1D`, `Cropping2D` and `Cropping3D`. At least one element must be
/// left.
///
///     Cropping(1)(x)                          // [N, C, 8, 8] → [N, C, 6, 6]
///     Cropping(before: 0, after: [1, 2])(x)   // [N, C, 8, 8] → [N, C, 7, 6]
public final class Cropping: ParameterlessLayer {
    /// As much on both sides.
    /// - Parameter width: How many elements, one number for all spatial axes or one for each.
    public convenience init(_ width: some PerAxis) { self.init(before: width, after: width) }

    /// Not as much on one side as on the other.
    /// - Parameters:
    ///   - before: How many of the first elements, one number for all spatial axes or one for each.
    ///   - after: How many of the last.
    public init(before: some PerAxis, after: some PerAxis) {
        let borders = Borders(before: before, after: after)
        super.init(mistake: borders.mistake) { input in
            borders.applied(to: input, "Cropping") { input.cropped($0) }
        }
    }

    static let component = Component<any Layer>(
        "Cropping", "Elements taken away around sequences, pictures or volumes.",
        Field<OneOrMore<Int>>(required: "width", in: .nonNegative, "Elements before each spatial axis."),
        Field<OneOrMore<Int>?>(
            "widthAfter", default: nil, in: .nonNegative, "Elements behind each spatial axis; as before when null.")
    ) { width, widthAfter in try Cropping(before: width, after: widthAfter ?? width).checked() }
}

extension Tensor {
    fileprivate func cropped(_ widths: [(before: Int, after: Int)]) -> Tensor {
        var result = self
        for (place, width) in widths.enumerated() {
            let count = shape[place + 2]
            guard width.before + width.after < count else {
                return .failed(
                    TensorError(
                        .shapeMismatch, operation: "Cropping",
                        "\(width.before) + \(width.after) elements taken from an axis of \(count) leave none",
                        remedy: "crop less, or give larger pictures"), spec)
            }
            result = result.sliced(width.before..<count - width.after, along: place + 2)
        }
        return result
    }
}
