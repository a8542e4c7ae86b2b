// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend
public import KindlingDeclarations

/// Up and down between a share of the learning rate and all of it, again and again (Smith 2015).
///
/// minimum + (1 − minimum) · h · scale, where h rises from 0 to 1 in `rise` and falls back in `fall`.
///
///     OptimizerPlan.sgd(learningRate: 0.1).scheduled(CyclicSchedule(rise: 500, mode: .triangular2))
public struct CyclicSchedule: LearningRateSchedule {
    /// How high cycles are.
    public enum Mode: String, FieldChoice, Sendable {
        /// All as high as the first.
        case triangular
        /// Each half as high as the one before.
        case triangular2
        /// decay^t.
        case expRange
    }

    private let rise: Int
    private let fall: Int?
    private let mode: Mode
    private let decay: Double
    private let minimum: Double
    private let interval: ScheduleInterval

    /// A schedule.
    /// - Parameters:
    ///   - rise: How long it rises.
    ///   - fall: How long it falls; as long as it rises when nil.
    ///   - mode: How high cycles are.
    ///   - decay: What is left of the height after every step, for `expRange`.
    ///   - minimum: The share between cycles, 0 ... 1.
    ///   - interval: What is counted.
    public init(
        rise: Int = 2000, fall: Int? = nil, mode: Mode = .triangular, decay: Double = 1, minimum: Double = 0.1,
        interval: ScheduleInterval = .step
    ) {
        self.rise = rise
        self.fall = fall
        self.mode = mode
        self.decay = decay
        self.minimum = minimum
        self.interval = interval
    }

    /// Rises and falls.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        let position = interval.position(step: step, epoch: epoch)
        let up = Double(max(1, rise)), down = Double(max(1, fall ?? rise))
        let cycle = (position / (up + down)).rounded(.down)
        let inside = position - cycle * (up + down)
        let height = inside <= up ? inside / up : 1 - (inside - up) / down
        let scale: Double =
            switch mode {
            case .triangular: 1
            case .triangular2: pow(0.5, cycle)
            case .expRange: pow(decay, position)
            }
        return minimum + (1 - minimum) * height * scale
    }

    /// Refuses impossible numbers.
    public func validate() throws(TensorError) {
        try check(
            "Cyclic", ("rise", Double(rise), .atLeast(1)), ("fall", Double(fall ?? 1), .atLeast(1)),
            ("decay", decay, .fraction), ("minimum", minimum, .fraction))
    }

    static let component = Component<any LearningRateSchedule>(
        "Cyclic", "Up and down between a share of the learning rate and all of it (Smith 2015).",
        Field("rise", default: 2000, in: .atLeast(1), "How long it rises."),
        Field<Int?>("fall", default: nil, in: .atLeast(1), "How long it falls; as long as it rises when null."),
        Field("mode", default: Mode.triangular, "How high cycles are."),
        Field("decay", default: 1.0, in: .fraction, "What is left of the height after every step, for exp_range."),
        Field("minimum", default: 0.1, in: .fraction, "Share of the learning rate between cycles."),
        ScheduleInterval.field(default: .step)
    ) { rise, fall, mode, decay, minimum, interval in
        try CyclicSchedule(
            rise: rise, fall: fall, mode: mode, decay: decay, minimum: minimum, interval: interval
        ).validated()
    }
}
