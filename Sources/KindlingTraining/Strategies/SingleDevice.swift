// SPDX-License-Identifier: Apache-2.0
public import KindlingData
public import KindlingEngine
public import KindlingNN

/// Everything on one device.
public struct SingleDevice: Strategy {
    /// The device.
    public let device: Device

    /// A run on a device.
    public init(_ device: Device = .cpu) { self.device = device }

    /// Moves what is elsewhere.
    public func place(_ module: any Module) throws {
        for (_, parameter) in module.namedParameters where parameter.value.device != device {
            parameter.value = try parameter.value.detached().copied(to: device)
        }
        for (_, buffer) in module.namedBuffers where buffer.value.device != device {
            buffer.value = try buffer.value.copied(to: device)
        }
    }

    /// Moves a batch that is elsewhere.
    public func place(_ batch: Batch) throws -> Batch {
        batch.inputs.device == device && batch.targets.device == device ? batch : try batch.copied(to: device)
    }
}
