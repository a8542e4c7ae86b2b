// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations
internal import KindlingOptim

/// When ``LearningRateMonitor`` logs.
public enum LearningRateMoment: String, Sendable, FieldChoice {
    /// Every logged step.
    case step
    /// Every epoch.
    case epoch
    /// Both.
    case both

    fileprivate var moments: LogMoments {
        switch self {
        case .step: .step
        case .epoch: .epoch
        case .both: .both
        }
    }
}

/// Logs the learning rate of every optimizer and every group of parameters.
///
/// A run with one rate logs `learning_rate`; with several optimizers `learning_rate/0`, with several groups of parameters
/// `learning_rate/group_0`, in the optimizer's order, and `learning_rate/0/group_0` with several of both.
///
///     LearningRateMonitor(moment: .both, weightDecay: true)
public final class LearningRateMonitor: Callback {
    private let moments: LogMoments
    private let weightDecay: Bool
    private let prefix: String

    /// A monitor.
    /// - Parameters:
    ///   - moment: When it logs.
    ///   - weightDecay: Whether `weight_decay` is logged beside the rate.
    ///   - prefix: What stands before the names.
    public init(moment: LearningRateMoment = .both, weightDecay: Bool = false, prefix: String = "") {
        moments = moment.moments
        self.weightDecay = weightDecay
        self.prefix = prefix
    }

    /// Logs the rates that the step took.
    public func stepEnded(_ step: StepResult, _ run: any RunControl) async throws {
        guard moments.contains(.epoch) || run.isLoggingStep else { return }  // Nobody would be told.
        let optimizers = run.optimizers
        for (place, optimizer) in optimizers.enumerated() where optimizer === step.optimizer {
            let groups = optimizer.groups
            for (number, group) in groups.enumerated() {
                let path =
                    (optimizers.count > 1 ? "/\(place)" : "") + (groups.count > 1 ? "/group_\(number)" : "")
                run.log("\(prefix)learning_rate\(path)", group.learningRate, on: moments)
                if weightDecay { run.log("\(prefix)weight_decay\(path)", group.weightDecay, on: moments) }
            }
        }
    }

    static let component = Component<any Callback>(
        "LearningRateMonitor", "Logs the learning rate of every optimizer and group of parameters.",
        Field("moment", default: LearningRateMoment.both, "When it logs."),
        Field("weightDecay", default: false, "Whether weight decay is logged, too."),
        Field("prefix", default: "", "What stands before the names.")
    ) { moment, weightDecay, prefix in
        LearningRateMonitor(moment: moment, weightDecay: weightDecay, prefix: prefix)
    }
}
