// SPDX-License-Identifier: Apache-2.0

/// Keeps what a run logs, for people and programs to read later.
///
/// A logger that fails warns; it never ends a run.
public protocol Logger: AnyObject {
    /// The run begins.
    func started(_ run: any RunControl) throws
    /// An epoch is done.
    func log(_ epoch: EpochResult, _ run: any RunControl) throws
    /// The run is over, well or not.
    func finished(_ run: any RunControl) throws
}

extension Logger {
    /// Nothing.
    public func started(_ run: any RunControl) throws {}
    /// Nothing.
    public func finished(_ run: any RunControl) throws {}
}
