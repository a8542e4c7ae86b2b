// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

extension LossReduction {
    /// The words of a recipe for it.
    enum Word: String, FieldChoice {
        case mean, sum, none

        /// The reduction, where it gives one number: only that can be made small.
        func oneNumber() throws -> LossReduction {
            switch self {
            case .mean: return .mean
            case .sum: return .sum
            case .none:
                throw LayerError(
                    what: "a reduction of none gives many numbers, and training needs one: write mean or sum")
            }
        }
    }

    /// The field that the losses have in common.
    static let field = Field(
        "reduction", default: Word.mean, "Whether a batch's losses are averaged or added: mean, sum.")
}
