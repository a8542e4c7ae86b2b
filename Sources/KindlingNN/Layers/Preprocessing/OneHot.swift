// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Encodes each whole number below a bound as a row of zeros with a one: `[…]` → `[…, classes]`, float32.
///
/// As ``CategoryEncoding`` in its mode `oneHot`, but a last axis of size 1 stays. Numbers outside give zeros.
///
///     OneHot(classes: 3)(Tensor([2, 0]))        // [[0, 0, 1], [1, 0, 0]]
public final class OneHot: Layer {
    private let classes: Int
    private let mistake: LayerError?

    /// A layer for so many different numbers.
    public init(classes: Int) {
        self.classes = classes
        mistake = .found { () throws(LayerError) in try checkSize("classes", classes) }
    }

    /// A row for each number.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "oneHot") }
        return input.converted(to: .int64).oneHot(classes: classes)
    }

    static let component = Component<any Layer>(
        "OneHot", "Encodes each whole number below a bound as a row of zeros with a one.",
        Field<Int>(required: "classes", in: .atLeast(1), "How many different numbers there are.")
    ) { OneHot(classes: $0) }
}
