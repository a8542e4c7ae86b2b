// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingData
public import KindlingDeclarations
internal import KindlingEngine
internal import KindlingNN

/// In which number format a run computes.
public enum Precision: String, Sendable, Hashable, CaseIterable {
    /// Single precision: parameters, activations and gradients.
    case float32
    /// Double precision, for checking gradients and for small scientific models.
    case float64

    var dtype: DType { self == .float64 ? .float64 : .float32 }

    /// Brings a module's parameters and buffers into the format.
    func prepare(_ module: any Module) {
        for parameter in module.parameters where parameter.value.dtype != dtype {
            parameter.value = parameter.value.converted(to: dtype)
        }
        for (_, buffer) in module.namedBuffers where buffer.value.dtype.isFloatingPoint && buffer.value.dtype != dtype {
            buffer.value = buffer.value.converted(to: dtype)
        }
    }

    /// Brings a batch's real numbers into the format.
    func prepare(_ batch: Batch) -> Batch {
        guard batch.inputs.dtype != dtype || batch.targets.dtype != dtype else { return batch }
        var batch = batch
        if batch.inputs.dtype.isFloatingPoint { batch.inputs = batch.inputs.converted(to: dtype) }
        if batch.targets.dtype.isFloatingPoint { batch.targets = batch.targets.converted(to: dtype) }
        return batch
    }
}

extension Precision: FieldChoice {}
