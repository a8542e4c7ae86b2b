import Kindling

/// A GPT (Radford and others 2019) sized for a small text: tokens `[N, T]` → logits `[N, T, vocabulary]`.
final class CharacterModel: Layer {
    let transformer: GPT

    init(vocabularySize: Int, blockSize: Int = 64, layers: Int = 2, heads: Int = 4, width: Int = 64) {
        transformer = GPT(
            vocabularySize: vocabularySize, blockSize: blockSize, layers: layers, heads: heads, width: width)
    }

    func forward(_ input: Tensor) -> Tensor { transformer(input) }

    static let component = Component<any Layer>(
        "CharacterModel", "A GPT sized for a small text.",
        Field<Int>(required: "vocabularySize", in: .atLeast(1), "Different characters of the text."),
        Field("blockSize", default: 64, in: .atLeast(1), unit: "characters", "How far it looks back."),
        Field("layers", default: 2, in: .atLeast(1), "Transformer blocks."),
        Field("heads", default: 4, in: .atLeast(1), "Heads of attention; they divide the width."),
        Field("width", default: 64, in: .atLeast(1), "Features of a character inside.")
    ) { vocabularySize, blockSize, layers, heads, width in
        CharacterModel(
            vocabularySize: vocabularySize, blockSize: blockSize, layers: layers, heads: heads, width: width)
    }
}
