// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// Something that looks on while a model is trained, and may change the run, stop it or save it.
///
/// Nothing nests: training, then validation, then the epoch's end. A fit calls, in this order:
///
///     runStarted · checkpointRestored · fitStarted · sanityCheckStarted · sanityCheckEnded
///     for each epoch:
///         epochStarted
///         for each batch:
///             batchStarted · backwardStarted · backwardEnded
///             when it completes a step: gradientsReady · stepEnded
///             batchEnded
///         evaluationStarted · (evaluationBatchStarted · evaluationBatchEnded)… · evaluationEnded
///         epochEnded
///     fitEnded · runEnded
///
/// When something fails, `fitFailed` takes the place of what was to come before `runEnded`. Between batches, validation
/// by interval calls the evaluation's hooks. Hooks of several callbacks
/// run in the order of their ``band``, and within it in the order of the list. What a hook throws ends the run.
public protocol Callback: AnyObject {
    /// The name of its state in checkpoints. Two callbacks of one kind get a number.
    var stateKey: String { get }
    /// When its turn is among others. ``CallbackBand/measuring``, unless it says otherwise.
    var band: CallbackBand { get }
    /// The figures that it goes by.
    var monitoredNames: [String] { get }

    /// A fit, validation, test or prediction begins: data and weights are ready, nothing else has happened.
    func runStarted(_ run: any RunControl) async throws
    /// A fit begins; its checkpoint, if any, is restored; nothing was learned yet in this call.
    func fitStarted(_ run: any RunControl) async throws
    /// A look at a few validation batches before the first step begins.
    func sanityCheckStarted(_ run: any RunControl) async throws
    /// It is done; its figures are kept nowhere.
    func sanityCheckEnded(_ result: EvaluationResult, _ run: any RunControl) async throws

    /// An epoch begins. Not called when a run is resumed within one.
    func epochStarted(_ run: any RunControl) async throws
    /// A batch is about to be learned from.
    func batchStarted(_ batch: BatchStart, _ run: any RunControl) async throws
    /// The loss of a batch is there, gradients are not.
    func backwardStarted(_ loss: Tensor, _ run: any RunControl) async throws
    /// The batch's gradients have been added to those of the step.
    func backwardEnded(_ loss: Tensor, _ run: any RunControl) async throws
    /// All gradients of a step are there, none is used: the place to measure, change or clip them.
    func gradientsReady(_ step: PendingStep, _ run: any RunControl) async throws
    /// The optimizer has taken a step: weights are new, gradients gone.
    func stepEnded(_ step: StepResult, _ run: any RunControl) async throws
    /// A batch was learned from.
    func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws
    /// An epoch is done: training and validation.
    func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws

    /// A pass over the validation or test split begins.
    func evaluationStarted(batchCount: Int, _ run: any RunControl) async throws
    /// A batch is about to be looked at.
    func evaluationBatchStarted(_ batch: BatchStart, _ run: any RunControl) async throws
    /// A batch was looked at.
    func evaluationBatchEnded(_ batch: EvaluationBatch, _ run: any RunControl) async throws
    /// A pass over the validation or test split is done.
    func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws

    /// Predicting begins.
    func predictionStarted(batchCount: Int, _ run: any RunControl) async throws
    /// A batch is about to be predicted.
    func predictionBatchStarted(_ batch: BatchStart, _ run: any RunControl) async throws
    /// The outputs for a batch are there.
    func predictionBatchEnded(_ prediction: Prediction, _ run: any RunControl) async throws
    /// Predicting is done.
    func predictionEnded(_ run: any RunControl) async throws

    /// A checkpoint was written and is whole.
    func checkpointSaved(to path: String, _ run: any RunControl) async throws
    /// The run goes on from a checkpoint; states are restored.
    func checkpointRestored(from path: String, _ run: any RunControl) async throws

    /// The fit is done.
    func fitEnded(_ result: FitResult, _ run: any RunControl) async throws
    /// The fit ends because something failed. What this throws is dropped in favour of the error that came first.
    func fitFailed(_ error: any Error, _ run: any RunControl) async throws
    /// The run is over, well or not: the place to let go of what ``runStarted(_:)`` took.
    func runEnded(_ run: any RunControl) async throws

    /// What must survive a resume, as text; nil when nothing does.
    func saveState() throws -> String?
    /// Takes up where a saved state stopped.
    func restoreState(_ state: String) throws
    /// The tensors that must survive a resume, by name.
    func saveTensors() throws -> [(name: String, value: Tensor)]
    /// Takes up where saved tensors stopped. Called before ``restoreState(_:)``, and only when there are some.
    /// - Parameter tensor: The tensor of a name, on the CPU, or nil when the checkpoint has none.
    func restoreTensors(_ tensor: (String) throws -> Tensor?) throws
}
