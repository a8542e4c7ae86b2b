// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingEngine

/// What a module consists of and costs, found without computing: shapes, parameters, operations, memory.
///
/// - Operations are counted for matrix products and convolutions, a multiply-add as two: a product of `[M, K]` and
///   `[K, N]` has 2 · M · N · K, a convolution 2 · elements of its output · elements of one output channel's weights.
///   Additions of biases, activations, normalizations and pooling are not counted, as in PyTorch's counter.
/// - Activation memory is the bytes of every operation's result in the forward pass: what training keeps for the
///   backward pass at most. Views cost nothing.
///
/// Printed as a table.
public struct ModuleSummary: Sendable {
    /// One module that does or holds something itself; what only holds others has no row.
    public struct Row: Sendable, Hashable {
        /// The name in the whole: `encoder.layers.0`; empty for the whole itself.
        public let path: String
        /// The type's name.
        public let type: String
        /// The shape of its last result, nil where it gave none.
        public let outputShape: Shape?
        /// Elements of its own parameters that are learned.
        public let trainableParameters: Int
        /// Elements of its own parameters that are frozen.
        public let frozenParameters: Int
        /// Floating-point operations of its own.
        public let operations: Int
        /// Bytes of the results of its own operations.
        public let activationBytes: Int

        /// All its parameters' elements.
        public var parameters: Int { trainableParameters + frozenParameters }
    }

    /// The modules, outermost first.
    public let rows: [Row]
    /// Elements of all parameters that are learned; those used in two places count once.
    public let trainableParameters: Int
    /// Elements of all parameters that are frozen.
    public let frozenParameters: Int
    /// Bytes of all parameters and buffers.
    public let stateBytes: Int

    /// Floating-point operations of one forward pass.
    public var operations: Int { rows.reduce(0) { sum($0, $1.operations) } }
    /// Bytes of all results of one forward pass.
    public var activationBytes: Int { rows.reduce(0) { sum($0, $1.activationBytes) } }
}

private func sum(_ left: Int, _ right: Int) -> Int {
    let (result, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : result
}

extension Layer {
    /// What the layer consists of and costs for inputs of a shape, `[N, …]`; what is not built is built by it.
    ///
    ///     print(try net.summary(inputShape: [1, 1, 28, 28]))
    /// - Throws: `TensorError` of the layer that the shape does not fit.
    public func summary(inputShape: Shape, dtype: DType = .float32) throws -> ModuleSummary {
        try summary { _ = self(.zeros(inputShape, dtype: dtype, on: .meta)) }
    }
}

extension Module {
    /// What the module consists of and costs, where `pass` is a forward pass of inputs on the device `meta`.
    /// - Throws: what `pass` throws, and the first `TensorError` inside.
    public func summary(of pass: () throws -> Void) throws -> ModuleSummary {
        try build(tolerant: false, by: pass)
        var shapes: [ObjectIdentifier: Shape] = [:]
        let observer = { (scope: any ForwardScope, output: Tensor) in shapes[ObjectIdentifier(scope)] = output.shape }
        let work = try withTensorErrors {
            try withDevice(.meta) {
                try noGrad {
                    try WorkCount.count(in: self) {
                        try ForwardContext.run(
                            .evaluation, random: RandomStream(seed: 0), observer: observer, pass)
                    }
                }
            }
        }
        return ModuleSummary(self, shapes, work)
    }
}

extension ModuleSummary {
    fileprivate init(
        _ whole: some Module, _ shapes: [ObjectIdentifier: Shape], _ work: [ObjectIdentifier: WorkCount.Work]
    ) {
        var seen: Set<ObjectIdentifier> = []
        rows = ([("", whole)] + whole.namedModules).compactMap { path, module in
            // One that is used in two places has its row where it is found first, as its parameters have.
            guard seen.insert(ObjectIdentifier(module)).inserted else { return nil }
            let own = module.members.compactMap { member in
                if case .parameter(let parameter) = member.content { parameter } else { nil }
            }
            let parts = module.members.contains { if case .module = $0.content { true } else { false } }
            let done = work[ObjectIdentifier(module)] ?? WorkCount.Work()
            guard !parts || !own.isEmpty || done.operations > 0 || done.bytes > 0 else { return nil }
            let fresh = own.filter { seen.insert(ObjectIdentifier($0)).inserted }
            return Row(
                path: path, type: String(describing: Swift.type(of: module)),
                outputShape: shapes[ObjectIdentifier(module)],
                trainableParameters: fresh.filter { !$0.isFrozen }.reduce(0) { $0 + $1.elementCount },
                frozenParameters: fresh.filter(\.isFrozen).reduce(0) { $0 + $1.elementCount },
                operations: done.operations, activationBytes: done.bytes)
        }
        let all = whole.parameters
        trainableParameters = all.filter { !$0.isFrozen }.reduce(0) { $0 + $1.elementCount }
        frozenParameters = all.filter(\.isFrozen).reduce(0) { $0 + $1.elementCount }
        stateBytes =
            all.reduce(0) { $0 + $1.elementCount * $1.dtype.byteCount }
            + whole.namedBuffers.reduce(0) { $0 + $1.buffer.shape.elementCount * $1.buffer.dtype.byteCount }
    }
}
