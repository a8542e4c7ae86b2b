// SPDX-License-Identifier: Apache-2.0
package import KindlingBackend
internal import Synchronization

/// Where operations note what went wrong: the innermost `withTensorErrors`.
final class ErrorScope: Sendable {
    @TaskLocal static var current: ErrorScope?

    private let first = Mutex<TensorError?>(nil)

    var error: TensorError? { first.withLock { $0 } }

    /// Notes a mistake in the current scope, or ends the process outside any, with the same text.
    static func record(_ error: TensorError) {
        var error = error
        if error.modulePath.isEmpty { error.modulePath = ForwardContext.current?.modulePath ?? "" }
        guard let scope = current else {
            error = CallSite.mark(error)
            fatalError(
                "\(error)\nOutside withTensorErrors { … }, gradient(of:) and Trainer, an error in a tensor operation ends the process."
            )
        }
        // Only the first is thrown, so only it is worth the look at the stack.
        guard scope.error == nil else { return }
        let located = CallSite.mark(error)
        scope.first.withLock { if $0 == nil { $0 = located } }
    }
}

/// Notes a mistake in the current scope, for those who say it again where there is none: layers with arguments that
/// cannot be are made anyway, and refuse what they are given.
package func noteWhereSomebodyListens(_ error: TensorError) {
    if ErrorScope.current != nil { ErrorScope.record(error) }
}

/// Runs `body` and throws the first error that an operation on tensors met inside.
///
/// Operations that fail return a placeholder of the expected shape, and operations on placeholders do nothing, so the
/// error thrown is the cause, not a consequence.
///
///     let logits = try withTensorErrors { model(batch.inputs) }
/// - Throws: `TensorError`, or what `body` throws when no operation failed before.
public func withTensorErrors<Result>(_ body: () throws -> Result) throws -> Result {
    let scope = ErrorScope()
    let result: Result
    do {
        result = try ErrorScope.$current.withValue(scope, operation: body)
    } catch {
        // What an operation noted first is nearer the cause than what followed from its placeholder.
        throw scope.error ?? error
    }
    if let error = scope.error { throw error }
    return result
}

/// Runs `body`, which waits for something on its way, and throws the first error that an operation on tensors met.
/// - Throws: `TensorError`, or what `body` throws when no operation failed before.
public func withTensorErrors<Result>(_ body: () async throws -> Result) async throws -> Result {
    let scope = ErrorScope()
    let result: Result
    do {
        result = try await ErrorScope.$current.withValue(scope, operation: body)
    } catch {
        throw scope.error ?? error
    }
    if let error = scope.error { throw error }
    return result
}
