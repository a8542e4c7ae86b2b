// SPDX-License-Identifier: Apache-2.0

/// Something that looks on while a model is trained, and may stop the run or save it.
///
/// The order of a fit: `fitStarted`; for each epoch `epochStarted`, for each batch `batchEnded`, then
/// `evaluationStarted` and `evaluationEnded` where there is validation data, then `epochEnded`; at last `fitEnded`, or
/// `fitFailed`. Nothing nests: training, then validation, then the epoch's end. Hooks of several callbacks run in the
/// order of the list. What a hook throws ends the run.
public protocol Callback: AnyObject {
    /// The name of its state in checkpoints. Two callbacks of one kind get a number.
    var stateKey: String { get }

    /// The run begins; weights are there, nothing was learned yet in this call.
    func fitStarted(_ run: any RunControl) async throws
    /// An epoch begins.
    func epochStarted(_ run: any RunControl) async throws
    /// A batch was learned from.
    func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws
    /// A pass over the validation or test split begins.
    func evaluationStarted(batchCount: Int, _ run: any RunControl) async throws
    /// A pass over the validation or test split is done.
    func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws
    /// An epoch is done: training and validation.
    func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws
    /// The run is done.
    func fitEnded(_ result: FitResult, _ run: any RunControl) async throws
    /// The run ends because something failed. What this throws is dropped in favour of the error that came first.
    func fitFailed(_ error: any Error, _ run: any RunControl) async throws

    /// What must survive a resume, as text; nil when nothing does.
    func saveState() throws -> String?
    /// Takes up where a saved state stopped.
    func restoreState(_ state: String) throws
}

extension Callback {
    /// The type's name.
    public var stateKey: String { String(describing: type(of: self)) }
    /// Nothing.
    public func fitStarted(_ run: any RunControl) async throws {}
    /// Nothing.
    public func epochStarted(_ run: any RunControl) async throws {}
    /// Nothing.
    public func batchEnded(_ batch: BatchResult, _ run: any RunControl) async throws {}
    /// Nothing.
    public func evaluationStarted(batchCount: Int, _ run: any RunControl) async throws {}
    /// Nothing.
    public func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {}
    /// Nothing.
    public func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {}
    /// Nothing.
    public func fitEnded(_ result: FitResult, _ run: any RunControl) async throws {}
    /// Nothing.
    public func fitFailed(_ error: any Error, _ run: any RunControl) async throws {}
    /// Nothing.
    public func saveState() throws -> String? { nil }
    /// Nothing.
    public func restoreState(_ state: String) throws {}
}
