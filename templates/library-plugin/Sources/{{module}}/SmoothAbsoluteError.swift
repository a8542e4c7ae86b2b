import Kindling

/// The mean of √(d² + ε²) − ε for differences d: the absolute error, smooth at zero (Charbonnier and others 1994).
public struct SmoothAbsoluteError: Loss {
    private let epsilon: Double

    /// A loss that is smooth within `epsilon` of zero.
    public init(epsilon: Double = 0.1) { self.epsilon = epsilon }

    /// The loss of a batch, shape [].
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        (((outputs - targets).squared() + epsilon * epsilon).squareRoot() - epsilon).mean()
    }

    /// `SmoothAbsoluteError` in recipes.
    public static let component = Component<any Loss>(
        "SmoothAbsoluteError", "The absolute error, smooth at zero.",
        Field("epsilon", default: 0.1, in: .positive, "How near to zero it is smooth.")
    ) { epsilon in SmoothAbsoluteError(epsilon: epsilon) }
}
