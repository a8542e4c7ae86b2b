// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// An operation: its shape rule, the kernel it asks for, and its gradient, in one file under Ops/.
protocol Op: Sendable {
    /// The name in messages.
    var name: String { get }

    /// What comes out of such inputs.
    /// - Throws: `TensorError` when they do not fit.
    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec

    /// Further results that only the gradient needs: places of largest elements, log-sum-exps.
    func auxiliaries(_ inputs: [Tensor]) -> [TensorSpec]

    /// What the backend is asked to do, given the inputs in the order in which `output` saw them.
    func request(_ inputs: [Tensor]) -> KernelRequest

    /// An input in an order that the kernel takes: row-major, unless an operation says otherwise.
    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue

    /// Fills the output from inputs on one device. Most operations leave it to their request; those that are several
    /// copies say so here.
    func execute(_ inputs: [Tensor], into output: TensorValue) throws(TensorError)

    /// Whether ``execute(_:into:)`` is the operation's own.
    var isComposed: Bool { get }

    /// The gradient for each input, nil where none flows. Only asked for inputs for which `saved.needs` says so.
    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?]
}

extension Op {
    func auxiliaries(_ inputs: [Tensor]) -> [TensorSpec] { [] }
    var isComposed: Bool { false }
    func execute(_ inputs: [Tensor], into output: TensorValue) throws(TensorError) {
        internalFault("\(name) is not composed")
    }
    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue {
        try value.rowMajor()
    }
}

/// An operation that only looks at the same memory otherwise: a reshape, a transpose, a slice.
protocol ViewOp: Sendable {
    var name: String { get }
    /// The view, or nil when the elements have to be laid out in row-major order first.
    func view(_ value: TensorValue) throws(TensorError) -> TensorValue?
    func gradient(_ upstream: Tensor, inputShape: Shape) -> Tensor
}

/// What an operation's gradient rule may look at.
struct Saved {
    let inputs: [Tensor]
    let output: Tensor
    let auxiliaries: [Tensor]
    /// The gradient stops at nodes up to this number.
    let floor: UInt64

    /// Whether a gradient is wanted for an input.
    func needs(_ input: Int) -> Bool { inputs[input].node.map { $0.order > floor } ?? false }
}
