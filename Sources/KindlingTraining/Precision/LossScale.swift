// SPDX-License-Identifier: Apache-2.0

/// What a loss is multiplied with before its backward pass, so that small gradients do not vanish in float16.
///
/// As PyTorch's `GradScaler`: gradients are divided by the scale before they are clipped; where one is infinite or not
/// a number the step is skipped and the scale is multiplied with `backoffFactor`; after `growthInterval` good steps in a
/// row it is multiplied with `growthFactor`, unless that is beyond float32. A checkpoint keeps it.
///
///     options.lossScale = LossScale(1024, growthInterval: 500)
public struct LossScale: Sendable, Hashable, Codable {
    /// The factor of the next loss.
    public private(set) var scale: Float
    /// What it is multiplied with after an interval of good steps.
    public let growthFactor: Float
    /// What it is multiplied with after a step that was skipped.
    public let backoffFactor: Float
    /// How many good steps in a row it takes to grow.
    public let growthInterval: Int
    /// Good steps since it changed.
    public private(set) var growthTracker = 0
    /// Steps that were skipped since the run began.
    public private(set) var skippedSteps = 0

    /// A scale to begin with.
    /// - Parameters:
    ///   - scale: Positive; 65536 by default.
    ///   - growthFactor: Above 1.
    ///   - backoffFactor: Between 0 and 1.
    ///   - growthInterval: 1 or more steps.
    ///
    /// Numbers outside their range are refused when a fit begins.
    public init(
        _ scale: Float = 65536, growthFactor: Float = 2, backoffFactor: Float = 0.5, growthInterval: Int = 2000
    ) {
        self.scale = scale
        self.growthFactor = growthFactor
        self.backoffFactor = backoffFactor
        self.growthInterval = growthInterval
    }

    /// Takes note of a step.
    /// - Parameter isFinite: Whether all gradients were finite, so that the step was taken.
    public mutating func update(isFinite: Bool) {
        guard isFinite else {
            scale *= backoffFactor
            growthTracker = 0
            skippedSteps += 1
            return
        }
        growthTracker += 1
        guard growthTracker >= growthInterval else { return }
        growthTracker = 0
        let grown = scale * growthFactor
        if grown.isFinite { scale = grown }
    }

    /// Refuses numbers that no scale can have.
    func check() throws {
        func refuse(_ name: String, _ value: String, _ range: String) -> TrainingError {
            TrainingError(
                .badOption, "a loss scale's \(name) of \(value) is not \(range)",
                remedy: "leave it out for PyTorch's: LossScale()")
        }
        guard scale > 0, scale.isFinite else { throw refuse("scale", "\(scale)", "a positive number") }
        guard growthFactor > 1, growthFactor.isFinite else {
            throw refuse("growthFactor", "\(growthFactor)", "a number above 1")
        }
        guard backoffFactor > 0, backoffFactor < 1 else {
            throw refuse("backoffFactor", "\(backoffFactor)", "between 0 and 1")
        }
        guard growthInterval >= 1 else { throw refuse("growthInterval", "\(growthInterval)", "1 or more") }
    }

    /// Below it no float16 loss needs scaling: what is still not finite is not so because of the scale.
    static let smallest: Float = 0x1p-20
}
