// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingDeclarations

/// How a sweep goes from the lowest learning rate to the highest.
public enum LearningRateSpacing: String, FieldChoice, Sendable {
    /// By equal factors.
    case exponential
    /// By equal differences.
    case linear
}

/// Learning rates that were tried out, one step each, and the losses they came to.
public struct LearningRateSweep: Sendable, Hashable {
    /// The rates, rising.
    public internal(set) var rates: [Double] = []
    /// The losses, smoothed: s ← 0.98 · s + 0.02 · loss, divided by 1 − 0.98ⁿ.
    public internal(set) var losses: [Double] = []
    private var sum = 0.0
    private var best = Double.infinity

    /// The rate of a step of a sweep.
    static func rate(
        _ step: Int, of steps: Int, from low: Double, to high: Double, _ spacing: LearningRateSpacing
    ) -> Double {
        let share = Double(step + 1) / Double(max(1, steps))
        return switch spacing {
        case .exponential: low * pow(high / low, share)
        case .linear: low + (high - low) * share
        }
    }

    /// Notes a step's loss.
    /// - Returns: Whether the loss is still of use: below `threshold` times the best one.
    mutating func add(rate: Double, loss: Double, threshold: Double?) -> Bool {
        sum = 0.98 * sum + 0.02 * loss
        let smooth = sum / (1 - pow(0.98, Double(losses.count + 1)))
        // The loss that ends the sweep is part of it: a suggestion leaves the last one out.
        let isOfUse = losses.isEmpty || threshold.map { smooth <= $0 * best } ?? true
        rates.append(rate)
        losses.append(smooth)
        best = min(best, smooth)
        return isOfUse
    }

    /// The rate at which the loss falls most steeply from one step to the next.
    ///
    /// By the differences of neighbours, at the ends one-sided, as `numpy.gradient` has them.
    /// - Parameters:
    ///   - skipFirst: Steps at the beginning that do not count.
    ///   - skipLast: Steps at the end that do not count.
    /// - Returns: Nil when fewer than two steps are left.
    public func suggestion(skipFirst: Int = 10, skipLast: Int = 1) -> Double? {
        let points = zip(rates, losses).dropFirst(skipFirst).dropLast(skipLast).filter { $0.1.isFinite }
        guard points.count > 1 else { return nil }  // No slope without two points.
        let slopes = points.indices.map { index in
            let (before, after) = (max(0, index - 1), min(points.count - 1, index + 1))
            return (points[after].1 - points[before].1) / Double(after - before)
        }
        return slopes.indices.min { slopes[$0] < slopes[$1] }.map { points[$0].0 }
    }
}
