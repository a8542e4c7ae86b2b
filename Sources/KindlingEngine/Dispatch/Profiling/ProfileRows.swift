// SPDX-License-Identifier: Apache-2.0

extension OperationProfile {
    /// The part of a training step that something belongs to.
    public enum Pass: String, Sendable, Hashable, CaseIterable, Encodable {
        /// From inputs to the loss.
        case forward
        /// From the loss to gradients.
        case backward
        /// From gradients to new parameters.
        case optimizer
        /// Forward, and nothing is learned.
        case evaluation
        /// None of these: data, metrics, callbacks.
        case other
    }

    /// All calls of an operation in a pass.
    public struct Operation: Sendable {
        /// The name that it has in messages.
        public let name: String
        /// The pass.
        public let pass: Pass
        /// How often it was called.
        public let callCount: Int
        /// Seconds that it took itself, without copies and conversions that it asked for.
        public let selfSeconds: Double
        /// Seconds with all that.
        public let totalSeconds: Double
        /// Multiplications and additions of products and convolutions in 32 bits and wider.
        public let wideOperations: Double
        /// Those in 16 bits.
        public let halfOperations: Double
        /// Bytes that its inputs and results have.
        public let bytes: Double

        /// Multiplications and additions of products and convolutions.
        public var floatingPointOperations: Double { wideOperations + halfOperations }
    }

    /// What operations inside a module, without those of modules inside it, took in each pass.
    public struct ModuleTime: Sendable {
        /// The names of the modules that lead to it: `encoder.layers.0`; "" for what ran in none, or in the outermost.
        public let path: String
        /// The module's type; "" for none.
        public let type: String
        /// Seconds by pass.
        public let seconds: [Pass: Double]
        /// Operations called, in all passes.
        public let callCount: Int
    }

    /// All times that a pass, a hook or another part of a run took.
    public struct Part: Sendable {
        /// What it is: `forward`, `next batch`, `ModelCheckpoint.epochEnded`.
        public let name: String
        /// How often it ran.
        public let count: Int
        /// Seconds from beginning to end.
        public let totalSeconds: Double
        /// Seconds in it that are in no part or operation inside.
        public let selfSeconds: Double
    }

    /// Something that happened.
    package struct Event: Sendable {
        /// What.
        package let name: String
        /// `operation`, `view`, `creation`, `copy`, `module`, `gradient`, `part`.
        package let kind: String
        /// The pass.
        package let pass: Pass
        /// The module it happened in.
        package let module: String
        /// Which task it happened in, from 0.
        package let lane: Int
        /// Nanoseconds since the first event.
        package let start: Int64
        /// Nanoseconds; until now when it goes on.
        package let duration: Int64
        /// Floating-point operations.
        package let operations: Double
        /// Bytes of inputs and results.
        package let bytes: Double
    }
}

/// What a profile tells apart.
enum SpanKind: String {
    /// An operation on tensors.
    case operation
    /// One that only looks at the same memory otherwise.
    case view
    /// A tensor made from nothing but a description.
    case creation
    /// A copy in another order, for a kernel that wants one.
    case copy
    /// A module's forward pass.
    case module
    /// The gradient of an operation.
    case gradient
    /// A pass, a hook.
    case part
}
