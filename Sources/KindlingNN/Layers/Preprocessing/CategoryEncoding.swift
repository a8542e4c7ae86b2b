// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingDeclarations
public import KindlingEngine

/// How whole numbers below a bound become zeros and ones.
public enum CategoryMode: String, FieldChoice {
    /// Each number for itself: `[…, L]` → `[…, L, n]`, and `[…, 1]` → `[…, n]`.
    case oneHot
    /// Ones at the numbers that a sample has: `[…, L]` → `[…, n]`.
    case multiHot
    /// How often a sample has each number: `[…, L]` → `[…, n]`.
    case count
}

extension Tensor {
    /// Whole numbers 0 ..< n as Keras encodes them, float32; numbers outside count nowhere.
    func encoded(_ mode: CategoryMode, classes: Int) -> Tensor {
        let numbers = (rank == 0 ? reshaped(to: [1]) : self).converted(to: .int64)
        switch mode {
        case .oneHot:
            let single = numbers.rank > 1 && numbers.shape.last == 1
            return (single ? numbers.squeezed(-1) : numbers).oneHot(classes: classes)
        case .multiHot: return numbers.oneHot(classes: classes).sum(over: -2).minimum(1.0)
        case .count: return numbers.oneHot(classes: classes).sum(over: -2)
        }
    }
}

/// Encodes whole numbers below a bound as zeros and ones: Keras' `CategoryEncoding`.
///
/// Shapes are those of ``CategoryMode``; the output is float32. Numbers outside 0 ..< `tokens` count nowhere; real
/// numbers lose their fraction.
///
///     CategoryEncoding(tokens: 4)(Tensor([[3, 1], [1, 1]]))                     // [[0, 1, 0, 1], [0, 1, 0, 0]]
///     CategoryEncoding(tokens: 4, mode: .count)(Tensor([[3, 1], [1, 1]]))       // [[0, 1, 0, 1], [0, 2, 0, 0]]
public final class CategoryEncoding: Layer {
    private let tokens: Int
    private let mode: CategoryMode
    private let mistake: LayerError?

    /// A layer for so many different numbers.
    public init(tokens: Int, mode: CategoryMode = .multiHot) {
        self.tokens = tokens
        self.mode = mode
        mistake = .found { () throws(LayerError) in try checkSize("tokens", tokens) }
    }

    /// Zeros and ones, or counts.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "categoryEncoding") }
        return input.encoded(mode, classes: tokens)
    }

    static let component = Component<any Layer>(
        "CategoryEncoding", "Encodes whole numbers below a bound as zeros and ones.",
        Field<Int>(required: "tokens", in: .atLeast(1), "How many different numbers there are."),
        Field("mode", default: CategoryMode.multiHot, "How they are encoded.")
    ) { CategoryEncoding(tokens: $0, mode: $1) }
}
