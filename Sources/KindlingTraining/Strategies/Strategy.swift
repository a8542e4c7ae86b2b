// SPDX-License-Identifier: Apache-2.0
public import KindlingData
public import KindlingEngine
public import KindlingNN

/// How a run uses devices: where parameters live and where batches go.
public protocol Strategy: Sendable {
    /// The device that this process computes on.
    var device: Device { get }
    /// Brings a module's parameters and buffers to where they are needed.
    func place(_ module: any Module) throws
    /// Brings a batch to where it is needed.
    func place(_ batch: Batch) throws -> Batch
}
