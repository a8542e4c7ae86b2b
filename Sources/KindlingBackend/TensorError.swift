// SPDX-License-Identifier: Apache-2.0

/// What went wrong in an operation on tensors: what, where, and the way out.
public struct TensorError: Error, Sendable, CustomStringConvertible {
    /// The kind of mistake.
    ///
    /// An open set: new kinds break nobody's `switch`.
    public struct Code: Sendable, Hashable {
        private enum Kind: Sendable, Hashable {
            case shape, dtype, device, axis, index, value, unsupported, outOfMemory, deviceFailure, gradient, notFinite
            case notBuilt
        }
        private let kind: Kind

        /// Sizes that do not fit each other or the operation.
        public static let shapeMismatch = Code(kind: .shape)
        /// An element type that the operation does not take.
        public static let dtypeMismatch = Code(kind: .dtype)
        /// Tensors of different devices in one operation.
        public static let deviceMismatch = Code(kind: .device)
        /// An axis that the tensor does not have, or that is named twice.
        public static let invalidAxis = Code(kind: .axis)
        /// An index outside its axis.
        public static let indexOutOfRange = Code(kind: .index)
        /// An argument outside its range.
        public static let invalidValue = Code(kind: .value)
        /// Something that the device's backend cannot do.
        public static let unsupported = Code(kind: .unsupported)
        /// No memory left on the device.
        public static let outOfMemory = Code(kind: .outOfMemory)
        /// The device or its driver failed.
        public static let deviceFailure = Code(kind: .deviceFailure)
        /// A NaN or an infinity, where they were looked for.
        public static let notFinite = Code(kind: .notFinite)
        /// A parameter whose shape waits for the first input.
        public static let notBuilt = Code(kind: .notBuilt)
        /// A gradient that was asked for and does not exist.
        public static let noGradient = Code(kind: .gradient)
    }

    /// The kind of mistake.
    public var code: Code
    /// The operation, by its name in messages: `matmul`.
    public var operation: String
    /// What is wrong, with the offending values.
    public var what: String
    /// What to do about it, in the imperative; empty when there is nothing to say.
    public var remedy: String
    /// The module in whose forward pass it happened: `encoder.layers.0.attention`; empty outside one.
    public var modulePath: String
    /// Where the operation was called, `file:line`; empty when unknown.
    ///
    /// Found when it is first asked for: reading debug information takes longer than failing.
    public var location: String {
        get { place ?? locate?() ?? "" }
        set { place = newValue }
    }
    private var place: String?
    /// Looks up where the operation was called.
    private var locate: (@Sendable () -> String)?

    /// Describes a mistake.
    ///
    /// Module path and location are filled in by the scope that records it.
    public init(
        _ code: Code, operation: String, _ what: String, remedy: String = "", modulePath: String = "",
        location: String = ""
    ) {
        self.code = code
        self.operation = operation
        self.what = what
        self.remedy = remedy
        self.modulePath = modulePath
        place = location.isEmpty ? nil : location
    }

    /// The same mistake, whose location `find` gives when it is asked for; unless it is known.
    public func located(by find: @escaping @Sendable () -> String) -> TensorError {
        var error = self
        if error.place == nil, error.locate == nil { error.locate = find }
        return error
    }

    /// A request that a backend cannot run.
    public static func unsupported(_ operation: String, by backend: String) -> TensorError {
        TensorError(
            .unsupported, operation: operation, "the device '\(backend)' has no kernel for it",
            remedy: "run on the device 'cpu', or compose it from operations that '\(backend)' has")
    }

    /// `matmul: shapes [2, 3] and [4, 5] do not fit … (in encoder.layers.0)`.
    public var description: String {
        var text = "\(operation): \(what)"
        if !modulePath.isEmpty { text += " (in \(modulePath))" }
        let location = location
        if !location.isEmpty { text += " at \(location)" }
        if !remedy.isEmpty { text += "; \(remedy)" }
        return text
    }
}

/// Ends the process because Kindling itself is wrong.
///
/// Never reached from a user's input, file, recipe or model.
public func internalFault(_ what: String, file: StaticString = #file, line: UInt = #line) -> Never {
    fatalError("Kindling has a fault of its own, please report it: \(what)", file: file, line: line)
}
