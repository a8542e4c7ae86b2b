// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Runs `body` while looking at every operation's result, forward and backward: the first NaN or infinity is an error
/// that names the operation, the module, the step and whether an input held one already.
///
/// Every result is read: for finding a fault, not for every day.
///
///     try withTensorErrors { try detectingAnomalies { try loss(x).backward() } }
public func detectingAnomalies<Result>(_ body: () throws -> Result) rethrows -> Result {
    Watchers.add(.anomalies)
    defer { Watchers.remove(.anomalies) }
    return try AnomalyDetection.$isOn.withValue(true, operation: body)
}

enum AnomalyDetection {
    @TaskLocal static var isOn = false
    /// The operation whose gradient is being computed.
    @TaskLocal static var origin: AnomalyOrigin?

    static var isActive: Bool { Watchers.has(.anomalies) && isOn }

    /// - Throws: `TensorError` when the result holds a NaN or an infinity.
    static func check(_ operation: String, _ inputs: [Tensor], _ result: TensorValue) throws(TensorError) {
        guard let found = kind(of: Tensor(result)) else { return }
        let origin = origin
        let step = (origin?.step ?? ForwardContext.current?.step).map { " at step \($0)" } ?? ""
        let direction = origin.map { " in the backward pass of \($0.operation)" } ?? ""
        let source = inputs.firstIndex { $0.dtype.isFloatingPoint && kind(of: $0) != nil }
        throw TensorError(
            .notFinite, operation: operation,
            source.map {
                "its input \($0)\(narrow(inputs[$0].dtype)) held a NaN or an infinity already\(direction)\(step)"
            } ?? "the result\(narrow(result.dtype)) holds \(found)\(direction)\(step), its inputs are finite",
            remedy: source == nil
                ? "look for a division by 0, a logarithm or root of 0, or numbers too large for \(result.dtype.name)"
                : "check the data and the initial values", modulePath: origin?.modulePath ?? "")
    }

    /// The type, where it is of half width: it may be a precision policy's choice, and it overflows first.
    private static func narrow(_ dtype: DType) -> String {
        dtype == .float16 || dtype == .bfloat16 ? " of \(dtype.name)" : ""
    }

    /// What is not finite in a tensor, in words.
    private static func kind(of tensor: Tensor) -> String? {
        guard tensor.dtype.isFloatingPoint, tensor.elementCount > 0, !tensor.value.backend.isShapeOnly else {
            return nil
        }
        return $isOn.withValue(false) {
            noGrad {
                let plain = tensor.detached()
                let finite = plain.isFinite().converted(to: .int64).min()
                // What cannot be read fails where it is read, with its own error.
                guard let all = try? finite.item(), all == 0 else { return nil }
                let numbers = plain.isNaN().converted(to: .int64).max()
                return (try? numbers.item()) == 1 ? "a NaN" : "an infinity"
            }
        }
    }
}

/// Where an operation was called, kept by its node while anomalies are looked for or a profile is recorded.
final class AnomalyOrigin: Sendable {
    let operation: String
    let modulePath: String
    let step: Int?

    private init(_ operation: String, modulePath: String) {
        self.operation = operation
        self.modulePath = modulePath
        step = ForwardContext.current?.step
    }

    /// Where an operation is called now, if anybody will want to know.
    static func noted(_ operation: String) -> AnomalyOrigin? {
        guard Watchers.isAny else { return nil }
        // A profile knows the path already.
        if let profile = OperationProfile.active { return AnomalyOrigin(operation, modulePath: profile.modulePath) }
        guard AnomalyDetection.isActive else { return nil }
        return AnomalyOrigin(operation, modulePath: ForwardContext.current?.modulePath ?? "")
    }
}
