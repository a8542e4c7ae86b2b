// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The divergence of these log-probabilities from a target distribution, element by element.
    ///
    /// y · (ln y − x), 0 where y is 0; with logarithms as targets eʸ · (y − x) (Kullback and Leibler 1951). The
    /// divergence of a batch of distributions is the sum divided by their number, not the mean of the elements.
    ///
    ///     let target = Tensor([[0.5, 0.5]])
    ///     logits.logSoftmax().klDivergence(target, reduction: .sum)
    /// - Parameters:
    ///   - targets: Probabilities, or their logarithms, of this tensor's shape.
    ///   - logTarget: Whether targets are logarithms.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`. Refuses shapes that differ and types that are not
    ///   floating-point.
    public func klDivergence(_ targets: Tensor, logTarget: Bool = false, reduction: LossReduction = .mean) -> Tensor {
        pairwiseLoss("klDivergence", targets, reduction) { elementwise(logTarget ? ofLogarithms : plain, $0) }
    }
}

private let plain = ElementwiseDefinition("klDivergence", .promoted, inputs: 2) { builder in
    let (x, y) = (builder.input(0), builder.input(1))
    // ln 1 in place of ln 0, so that nothing infinite meets a factor of 0.
    let safe = builder.apply(.select, builder.apply(.equal, y, builder.constant(0)), builder.constant(1), y)
    return builder.apply(.multiply, y, builder.apply(.subtract, builder.apply(.log, safe), x))
}

private let ofLogarithms = ElementwiseDefinition("klDivergence", .promoted, inputs: 2) { builder in
    let (x, y) = (builder.input(0), builder.input(1))
    return builder.apply(.multiply, builder.apply(.exp, y), builder.apply(.subtract, y, x))
}
