// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// Runs operations on tensors and throws what the first that failed says.
func throwingTensorErrors<Result>(_ body: () throws -> Result) throws(TensorError) -> Result {
    do { return try withTensorErrors(body) } catch let error as TensorError { throw error } catch {
        internalFault("operations on tensors threw \(error)")
    }
}
