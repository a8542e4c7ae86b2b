// SPDX-License-Identifier: Apache-2.0

/// Keeps what a run logs, for people and programs to read later.
///
/// A logger that fails warns; it never ends a run. A resumed run begins with ``started(_:)`` too, and
/// `run.progress` says where: what was logged beyond is logged again.
public protocol Logger: AnyObject {
    /// The run begins, or goes on.
    func started(_ run: any RunControl) throws
    /// A step is done that is logged, every so many steps; or a look at the validation split within an epoch.
    func log(_ step: StepFigures, _ run: any RunControl) throws
    /// An epoch is done.
    func log(_ epoch: EpochResult, _ run: any RunControl) throws
    /// A callback or module hands over something that is more than a number.
    func log(_ attachment: Attachment, _ run: any RunControl) throws
    /// The run is over, well or not.
    func finished(_ run: any RunControl) throws
    /// The run is over, in some way. What ``finished(_:)`` does, unless a logger keeps how.
    func finished(_ outcome: RunOutcome, _ run: any RunControl) throws
}

extension Logger {
    /// Nothing.
    public func started(_ run: any RunControl) throws {}
    /// Nothing.
    public func log(_ step: StepFigures, _ run: any RunControl) throws {}
    /// Nothing.
    public func log(_ epoch: EpochResult, _ run: any RunControl) throws {}
    /// Nothing.
    public func log(_ attachment: Attachment, _ run: any RunControl) throws {}
    /// Nothing.
    public func finished(_ run: any RunControl) throws {}
    /// What it does at any end.
    public func finished(_ outcome: RunOutcome, _ run: any RunControl) throws { try finished(run) }
}

/// How a run came to its end.
public enum RunOutcome {
    /// It ended as it should: by its limit, a callback or a signal.
    case ended(FitResult)
    /// Something failed.
    case failed(any Error)
}
