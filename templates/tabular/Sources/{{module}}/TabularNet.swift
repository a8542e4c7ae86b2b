import Kindling

/// A way straight through and one through hidden layers, added up (after Cheng and others 2016, "Wide & deep
/// learning"): `[N, features]` → `[N, 1]`.
///
/// What goes in is counted from the first batch.
final class TabularNet: Layer {
    let wide = Linear(out: 1)
    let deep: Sequential

    init(width: Int = 32, dropout: Double = 0) {
        deep = Sequential {
            Linear(out: width)
            ReLU()
            if dropout > 0 { Dropout(rate: dropout) }
            Linear(width, width)
            ReLU()
            Linear(width, 1)
        }
    }

    func forward(_ input: Tensor) -> Tensor { wide(input) + deep(input) }

    static let component = Component<any Layer>(
        "TabularNet", "A way straight through and one through hidden layers, added up.",
        Field("width", default: 32, in: .atLeast(1), "Features inside."),
        Field("dropout", default: 0.0, in: .fractionBelowOne, "Share of hidden features zeroed while learning.")
    ) { width, dropout in TabularNet(width: width, dropout: dropout) }
}
