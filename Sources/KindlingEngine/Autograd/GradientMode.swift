// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Whether operations record how tensors come about.
package enum GradientMode {
    /// False inside `noGrad { … }`.
    @TaskLocal package static var isRecording = true
}

/// Runs `body` without recording how tensors come about: nothing inside has a gradient, and nothing is kept for one.
///
///     let predictions = noGrad { model(x) }
public func noGrad<Result>(_ body: () throws -> Result) rethrows -> Result {
    try GradientMode.$isRecording.withValue(false, operation: body)
}

/// Runs `body`, which waits for something on its way, without recording how tensors come about.
public func noGrad<Result>(_ body: () async throws -> Result) async rethrows -> Result {
    try await GradientMode.$isRecording.withValue(false, operation: body)
}
