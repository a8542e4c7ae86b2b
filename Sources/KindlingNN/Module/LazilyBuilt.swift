// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingEngine

/// A module that takes sizes from its first input: `Linear(out: 10)`.
///
/// How to write one, in four steps:
///
/// 1. Store what the initializer is told; make parameters and buffers without shapes: `weight = Parameter()`.
/// 2. Where the size is told after all, end the initializer with `build(inFeatures: size)`, the one place that knows
///    the shapes. Nothing is drawn there, so both ways give the same bits for the same seed and name.
/// 3. `isBuilt` asks one parameter: `weight.isBuilt`. It is read at every call.
/// 4. `build(for:)` checks the input's shape, with the batch's axis, and calls the same place.
///
///     public final class Linear: Layer, LazilyBuilt {
///         public let weight = Parameter()
///         public init(_ inFeatures: Int, _ out: Int) { self.out = out; build(inFeatures: inFeatures) }
///         public init(out: Int) { self.out = out }
///         public var isBuilt: Bool { weight.isBuilt }
///         public func build(for input: Shape) throws(TensorError) {
///             guard input.rank > 0 else { throw TensorError(.shapeMismatch, operation: "linear", "…") }
///             build(inFeatures: input.last)
///         }
///         private func build(inFeatures: Int) { weight.build([out, inFeatures], .fanInUniform(fanIn: inFeatures)) }
///         public func forward(_ input: Tensor) -> Tensor { … }
///     }
///
/// A ``Layer`` is built by being called. A module of several inputs calls ``Module/buildIfNeeded(for:)`` first itself.
public protocol LazilyBuilt: Module {
    /// Whether its own shapes are decided.
    var isBuilt: Bool { get }

    /// Decides shapes for inputs of such a shape, `[N, …]`; draws no values, and asks nothing of other modules inside.
    /// - Throws: `TensorError` when there is no such layer.
    func build(for input: Shape) throws(TensorError)
}

extension LazilyBuilt {
    /// Itself, until it is built.
    public var unbuilt: (any LazilyBuilt)? { isBuilt ? nil : self }
}

extension Module {
    /// Takes sizes from an input if they are not decided yet.
    /// - Returns: Nil, or what stands in for the result because the sizes cannot be decided; the mistake is noted.
    public func buildIfNeeded(for input: Tensor) -> Tensor? {
        guard let unbuilt else { return nil }
        // The shape of what stands in for a failed result is a guess: nothing is decided by it.
        guard !input.isPlaceholder else { return input }
        do throws(TensorError) {
            try unbuilt.build(for: input.shape)
            return nil
        } catch { return .failed(error, input.spec) }
    }

    /// Whether every parameter and buffer inside has a shape.
    public var isFullyBuilt: Bool { firstUnbuiltName == nil }

    /// Refuses a model in which a shape still waits for an input.
    /// - Throws: `TensorError` with the code `notBuilt`, naming the first such parameter or buffer.
    public func requireBuilt() throws(TensorError) {
        guard let name = firstUnbuiltName else { return }
        throw TensorError(
            .notBuilt, operation: "module", "'\(name)' is not built: its shape waits for the first input",
            remedy: "call build(inputShape:) on the model, or give it an input, first")
    }

    private var firstUnbuiltName: String? {
        namedParameters.first { !$0.parameter.isBuilt }?.name ?? namedBuffers.first { !$0.buffer.isBuilt }?.name
    }

    /// Decides the shapes that wait for an input by running `pass` on the device `meta`: no memory, no values.
    ///
    /// Either everything is built, or nothing more than before.
    /// - Parameter tolerant: Whether it does not matter that the pass failed once all is built: a step of training may
    ///   read a value, which there is none of.
    /// - Throws: what kept the pass from building everything, and what it failed by unless `tolerant`.
    public func build(tolerant: Bool, by pass: () throws -> Void) throws {
        guard !isFullyBuilt else { return }
        let waiting = (
            parameters: parameters.filter { !$0.isBuilt }, buffers: namedBuffers.map(\.buffer).filter { !$0.isBuilt }
        )
        do {
            try withTensorErrors {
                try withDevice(.meta) {
                    try noGrad { try ForwardContext.run(.evaluation, random: RandomStream(seed: 0), pass) }
                }
            }
            try requireBuilt()
        } catch {
            guard !(tolerant && isFullyBuilt) else { return }
            for parameter in waiting.parameters { parameter.forgetShape() }
            for buffer in waiting.buffers { buffer.forgetShape() }
            throw error
        }
    }
}

extension Layer {
    /// Decides every shape inside that waits for an input, by a pass of inputs `[N, …]` without values.
    ///
    ///     let net = Sequential { Linear(out: 64); ReLU(); Linear(out: 10) }
    ///     try net.build(inputShape: [1, 784])
    ///     net.parameterCount      // 50890
    ///
    /// - Parameters:
    ///   - inputShape: With the batch's axis; its size there does not matter.
    ///   - dtype: The inputs' type.
    /// - Throws: `TensorError` of the layer that the shape does not fit; nothing is built then.
    public func build(inputShape: Shape, dtype: DType = .float32) throws(TensorError) {
        do {
            try build(tolerant: false) { _ = self(.zeros(inputShape, dtype: dtype, on: .meta)) }
        } catch let error as TensorError { throw error } catch {
            internalFault("a pass of tensors failed by \(error)")
        }
    }
}
