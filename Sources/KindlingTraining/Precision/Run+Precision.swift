// SPDX-License-Identifier: Apache-2.0
internal import KindlingEngine
internal import KindlingNN

extension Run {
    /// Gets ready to scale losses, where the precision needs it.
    func beginLossScaling() throws {
        guard options.precision.needsLossScale else { return }  // Others do without.
        try options.lossScale.check()
        scaling = GradientScaling(options.lossScale)
    }

    /// The backward pass of a loss, scaled where the precision needs it.
    func differentiate(_ loss: Tensor) throws { try (scaling?.scaled(loss) ?? loss).backward() }

    /// Brings gradients to their own size, once before they are clipped and a step is taken.
    /// - Returns: Whether the step shall be taken. If not, the gradients were infinite and have been taken away.
    func unscaleGradients() throws -> Bool {
        guard scaling != nil else { return true }
        log("loss_scale", Double(scaling?.state.scale ?? 1))
        defer { log("skipped_steps", Double(scaling?.state.skippedSteps ?? 0)) }
        return try scaling?.unscale(module.parameters) ?? true
    }
}
