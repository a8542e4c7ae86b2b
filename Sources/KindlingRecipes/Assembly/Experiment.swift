// SPDX-License-Identifier: Apache-2.0
public import KindlingData
public import KindlingDeclarations
internal import KindlingNN
internal import KindlingMetrics
internal import KindlingOptim
public import KindlingTraining

/// What a recipe describes, made: data, module, and how to train it.
public struct Experiment {
    /// The name in the run folder's path; nil when the recipe does not say one.
    public let name: String?
    /// What everything random is derived from.
    public let seed: Int
    /// The data.
    public let data: any DataModule
    /// Model, loss, metrics and optimizer.
    public let module: SupervisedModule
    /// What is made small.
    let loss: any Loss
    /// When to stop, and how to compute.
    public let trainer: TrainerSection
    /// What looks on.
    public let callbacks: [any Callback]
    /// What keeps the figures.
    public let loggers: [any Logger]

    /// A whole recipe: the one declaration that reading, schema and documentation follow.
    public static let component = Component<Experiment>(
        "a recipe", "An experiment: data, model, and how it is trained.",
        Field<String?>("name", default: nil, "The name in the run folder's path; the file's when null."),
        Field("seed", default: 42, in: .nonNegative, "What everything random is derived from."),
        Field(required: "data", of: DataModules.kind, "The data set and its splits."),
        Field(required: "model", of: LayerKind.kind, "The model."),
        Field(required: "loss", of: Losses.kind, "What is made small."),
        Field(list: "metrics", of: Metrics.kind, "What is shown and logged besides."),
        Field(optional: "optimizer", of: Optimizers.kind, "How parameters change; Adam when null."),
        Field(optional: "schedule", of: Schedules.kind, "How the learning rate changes; constant when null."),
        OptimizerPlan.groupsField,
        Field(section: "trainer", TrainerSection.component, "When to stop, and how to compute."),
        Field(list: "callbacks", of: Callbacks.kind, "What looks on while the model is trained."),
        Field(list: "loggers", of: Loggers.kind, "What keeps the figures.")
    ) { name, seed, data, model, loss, metrics, optimizer, schedule, groups, trainer, callbacks, loggers in
        let plan = OptimizerPlan(optimizer ?? Adam(), schedule: schedule ?? ConstantSchedule(), groups: groups)
        return Experiment(
            name: name, seed: seed, data: data,
            module: SupervisedModule(model, loss: loss, metrics: metrics, optimizer: plan, name: name ?? "model"),
            loss: loss,
            trainer: trainer, callbacks: callbacks, loggers: loggers)
    }
}

/// The section `trainer` of a recipe.
public struct TrainerSection: Sendable {
    /// When a fit has done enough.
    public let limit: Limit
    /// In which number format to compute.
    public let precision: Precision
    /// Where to compute: `cpu`, `opencl:0`.
    public let device: String
    /// How gradients are kept small.
    public let clipping: GradientClipping?
    /// How many batches make an optimizer step.
    public let accumulation: Int
    /// Loggers are told of every so many steps.
    public let loggingInterval: Int
    /// How many validation batches are looked at before the first step.
    public let sanityBatches: Int
    /// What the run measures about itself.
    public let profiler: Profiler?

    static let component = Component<TrainerSection>(
        "trainer", "When to stop, and how to compute.",
        Field("maxEpochs", default: 10, in: .atLeast(1), unit: "epochs", "Passes over the training data."),
        Field<Int?>("maxSteps", default: nil, in: .atLeast(1), unit: "steps", "Optimizer steps, if they come first."),
        Field("precision", default: Precision.float32, "The number format of parameters and results."),
        Field("device", default: "cpu", "Where to compute: cpu, opencl:0."),
        Field<Double?>("clipNorm", default: nil, in: .positive, "Largest length of all gradients together."),
        Field<Double?>("clipValue", default: nil, in: .positive, "Largest element of a gradient, either way."),
        Field("accumulateBatches", default: 1, in: .atLeast(1), unit: "batches", "How many make an optimizer step."),
        Field("loggingInterval", default: 50, in: .atLeast(1), unit: "steps", "How often loggers are told of steps."),
        Field("sanityBatches", default: 2, in: .nonNegative, unit: "batches", "Looked at before the first step."),
        Field<Profiler?>("profiler", default: nil, "What the run measures about itself: simple, or null.")
    ) {
        maxEpochs, maxSteps, precision, device, clipNorm, clipValue, accumulation, loggingInterval, sanityBatches,
        profiler in
        guard clipNorm == nil || clipValue == nil else {
            throw TrainingError(.badOption, "clip_norm and clip_value exclude each other", remedy: "give one of them")
        }
        let epochs = Limit.epochs(maxEpochs)
        return TrainerSection(
            limit: maxSteps.map { .first(of: [epochs, .steps($0)]) } ?? epochs, precision: precision, device: device,
            clipping: clipNorm.map(GradientClipping.norm) ?? clipValue.map(GradientClipping.value),
            accumulation: accumulation, loggingInterval: loggingInterval, sanityBatches: sanityBatches,
            profiler: profiler)
    }
}
