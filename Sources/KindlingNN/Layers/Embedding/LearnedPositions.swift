// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Adds a learned vector to each place of a sequence.
///
/// Shapes: `[…, T, E]` → the same, with T at most `count`; weight `[count, E]`, by Gauss' bell curve with standard
/// deviation 0.02 at first, as GPT-2's.
///
///     LearnedPositions(1024, 768)
///     LearnedPositions(1024)          // takes 768 from its first input
public final class LearnedPositions: Layer, LazilyBuilt {
    /// `[count, E]`.
    public let weight = Parameter()
    private let count: Int
    private let mistake: LayerError?

    /// Vectors for so many places.
    /// - Parameters:
    ///   - count: The longest sequence, at least 1.
    ///   - width: Numbers in each vector, at least 1; taken from the first input when nil.
    public init(_ count: Int, _ width: Int? = nil) {
        mistake = .found { () throws(LayerError) in try LearnedPositions.check(count, width) }
        self.count = count
        if mistake == nil, let width { build(width: width) }
    }

    /// Refuses arguments that cannot be.
    static func check(_ count: Int, _ width: Int?) throws(LayerError) {
        try checkSize("count", count)
        if let width { try checkSize("width", width) }
    }

    /// Whether the width is known.
    public var isBuilt: Bool { weight.isBuilt }

    /// Takes the width from an input `[…, T, E]`.
    public func build(for input: Shape) throws(TensorError) {
        try checkInput(input)
        build(width: input.last)
    }

    private func build(width: Int) { weight.build([count, width], .normal(standardDeviation: 0.02)) }

    private func checkInput(_ input: Shape) throws(TensorError) {
        if let mistake { throw mistake.noted(by: "LearnedPositions") }
        guard input.rank >= 2, input[input.rank - 2] <= count else {
            throw TensorError(
                .shapeMismatch, operation: "LearnedPositions",
                "an input of shape \(input) is no sequence of at most \(count) places",
                remedy: "give […, T, E], or make the layer with a larger count")
        }
    }

    /// The input with the vectors added.
    public func forward(_ input: Tensor) -> Tensor {
        do throws(TensorError) {
            try checkInput(input.shape)
            return input + weight.value.sliced(0..<input.shape[input.rank - 2], along: 0)
        } catch { return .failed(error, input.spec) }
    }

    static let component = Component<any Layer>(
        "LearnedPositions", "Adds a learned vector to each place of a sequence.",
        Field<Int>(required: "count", in: .atLeast(1), "The longest sequence."),
        Field<Int?>("width", default: nil, in: .atLeast(1), "Numbers in each vector; null takes the input's last size.")
    ) { count, width in
        try check(count, width)
        return LearnedPositions(count, width)
    }
}
