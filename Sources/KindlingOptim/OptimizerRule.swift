// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

/// How an optimizer changes parameters: hyper-parameters and nothing that changes while training.
///
/// A rule that treats every element alike is an ``ElementwiseRule``, and needs only names and a request. Others say
/// which passes a step consists of.
public protocol OptimizerRule: Sendable {
    /// The name in checkpoints and messages.
    var name: String { get }
    /// How far each step goes, before a schedule.
    var learningRate: Double { get set }
    /// How strongly parameters are pulled to zero.
    var weightDecay: Double { get set }
    /// The state tensors of a parameter of a shape.
    func slots(for shape: Shape) -> [OptimizerSlot]
    /// What a step consists of, in order.
    /// - Parameters:
    ///   - step: The number of this step, from 1.
    ///   - learningRate: The learning rate of this step.
    func passes(step: Int, learningRate: Double) -> [OptimizerPass]
    /// The rules for different kinds of parameters; the rule itself, unless it says otherwise.
    var parts: [any OptimizerRule] { get }
    /// Which of the parts a parameter is changed by.
    func part(for name: String, _ shape: Shape) -> Int
    /// Refuses hyper-parameters that no step can be taken with.
    /// - Throws: `TensorError` with the hyper-parameter's name, its value and what it may be.
    func validate() throws(TensorError)
}

extension OptimizerRule {
    /// The rule alone.
    public var parts: [any OptimizerRule] { [self] }
    /// The only part.
    public func part(for name: String, _ shape: Shape) -> Int { 0 }
}

/// A rule that treats every element of every parameter alike: one request to the backend for all tensors.
public protocol ElementwiseRule: OptimizerRule {
    /// The names of the state tensors that each parameter has: `momentum`, `velocity`.
    var slotNames: [String] { get }
    /// The number that a state tensor begins with; 0, unless a rule says otherwise.
    func start(ofSlot name: String) -> Double
    /// What the backend is asked to do.
    /// - Parameters:
    ///   - step: The number of this step, from 1.
    ///   - learningRate: The learning rate of this step.
    func request(step: Int, learningRate: Double) -> OptimizerStep.Rule
}

extension ElementwiseRule {
    /// 0.
    public func start(ofSlot name: String) -> Double { 0 }

    /// State tensors of the parameter's shape.
    public func slots(for shape: Shape) -> [OptimizerSlot] {
        slotNames.map { OptimizerSlot($0, shape, start: .number(start(ofSlot: $0))) }
    }

    /// One pass over parameter and all slots.
    public func passes(step: Int, learningRate: Double) -> [OptimizerPass] {
        [.elementwise(request(step: step, learningRate: learningRate), slots: 0..<slotNames.count)]
    }
}

/// A state tensor that a rule keeps for a parameter.
public struct OptimizerSlot: Sendable, Hashable {
    /// What it holds before the first step.
    public enum Start: Sendable, Hashable {
        /// The same number everywhere.
        case number(Double)
        /// The parameter's value; the slot has its shape.
        case parameter
    }

    /// The name in checkpoints: `momentum`.
    public let name: String
    /// The sizes.
    public let shape: Shape
    /// What it holds before the first step.
    public let start: Start

    /// Describes a state tensor, of zeros unless told otherwise.
    public init(_ name: String, _ shape: Shape, start: Start = .number(0)) {
        self.name = name
        self.shape = shape
        self.start = start
    }
}
