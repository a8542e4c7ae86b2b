// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// The door's short way: an elementwise operation on two tensors of one shape, type and device, whose result no
/// gradient flows through and nobody watches.
///
/// Nothing can be wrong with such inputs but a lack of memory, and no array is made for them: on a handful of numbers
/// that is a third of the whole.
/// - Returns: Nil where it is not so simple, which ``dispatch(_:_:)`` is for.
func dispatchPair(_ definition: ElementwiseDefinition, _ first: Tensor, _ second: Tensor) -> Tensor? {
    let a = first.value, b = second.value
    guard a.dtype == b.dtype, a.layout == .rowMajor, b.layout != .channelsLast, a.operand.shape == b.operand.shape,
        a.backend === b.backend, !a.isPlaceholder, !b.isPlaceholder, a.backend !== MetaBackend.shared,
        !Watchers.isAny,
        first.node == nil && second.node == nil || !GradientMode.isRecording
    else { return nil }
    let count = a.operand.shape.elementCount
    guard count > 0 else { return nil }
    let dtype = definition.resultType(a.dtype)
    do throws(TensorError) {
        let backend = a.backend
        let storage = try backend.allocate(byteCount: count &* dtype.byteCount)
        let result = TensorValue(
            storage: storage, offset: 0, dtype: dtype, shape: a.operand.shape, strides: a.operand.strides,
            layout: .rowMajor)
        let operands: InlineArray<2, Operand> = [a.operand, b.operand]
        let outputs: InlineArray<1, Operand> = [result.operand]
        try backend.execute(
            .elementwise(definition.program([]), definition.arithmetic(a.dtype, result: dtype)),
            inputs: operands.span, outputs: outputs.span)
        withExtendedLifetime(first) {}
        withExtendedLifetime(second) {}
        return Tensor(result)
    } catch {
        ErrorScope.record(error)
        return Tensor(.placeholder(TensorSpec(shape: a.shape, dtype: dtype)))
    }
}
