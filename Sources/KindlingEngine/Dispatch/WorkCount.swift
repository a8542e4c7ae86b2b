// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// What a forward pass on the device `meta` would cost elsewhere, for each module.
///
/// Floating-point operations are those of matrix products, 2 · M · N · K, and convolutions, 2 · elements of the output ·
/// elements of one output channel's weights, a multiply-add being two: what PyTorch's counter counts, too. Bytes are those
/// of every operation's result; views cost none.
package final class WorkCount: @unchecked Sendable {
    /// The work of one module itself, without that of the modules inside.
    package struct Work: Sendable {
        /// Floating-point operations of products and convolutions; `Int.max` when they are more.
        package var operations = 0
        /// Bytes of results; `Int.max` when they are more.
        package var bytes = 0

        package init() {}

        fileprivate mutating func add(_ operations: Int, _ bytes: Int) {
            self.operations = saturatingSum(self.operations, operations)
            self.bytes = saturatingSum(self.bytes, bytes)
        }
    }

    @TaskLocal private static var current: WorkCount?
    private var work: [ObjectIdentifier: Work] = [:]
    private let outside: any ForwardScope

    private init(outside: any ForwardScope) { self.outside = outside }

    /// Runs `body`, one thread's work on the device `meta`, and tells what each module did.
    /// - Parameter module: Whose work is what happens inside none.
    package static func count(in module: any ForwardScope, _ body: () throws -> Void) rethrows -> [ObjectIdentifier:
        Work]
    {
        let count = WorkCount(outside: module)
        try $current.withValue(count, operation: body)
        return count.work
    }

    /// Notes an operation, if anybody counts.
    static func note(_ request: KernelRequest, _ inputs: [Tensor], _ result: TensorSpec) {
        guard let current else { return }
        let scope = ForwardContext.current?.innermost ?? current.outside
        current.work[ObjectIdentifier(scope), default: Work()].add(
            operations(request, inputs, result), saturatingProduct([result.shape.elementCount, result.dtype.byteCount]))
    }

    /// Floating-point operations of products and convolutions.
    static func operations(_ request: KernelRequest, _ inputs: [Tensor], _ result: TensorSpec) -> Int {
        switch request {
        case .matmul: return saturatingProduct([2, result.shape.elementCount, inputs[0].shape.last])
        case .convolution(let convolution):
            // Each element on the output's side meets the weights of one output channel.
            switch convolution.direction {
            case .forward: return products(result.shape.elementCount, weight: inputs[1].shape)
            case .inputGradient: return products(inputs[0].elementCount, weight: inputs[1].shape)
            case .weightGradient: return products(inputs[1].elementCount, weight: result.shape)
            }
        case .elementwise, .copy, .reduce, .pooling, .softmax, .normalization, .crossEntropy, .gather, .scatterAdd,
            .scan, .sort, .random, .optimizerStep, .linearAlgebra:
            return 0
        }
    }

    private static func products(_ elements: Int, weight: Shape) -> Int {
        saturatingProduct([2, elements, weight.elementCount / max(1, weight[0])])
    }
}

private func saturatingProduct(_ factors: [Int]) -> Int {
    factors.reduce(1) { product, factor in
        let (result, overflow) = product.multipliedReportingOverflow(by: factor)
        return overflow ? .max : result
    }
}

private func saturatingSum(_ left: Int, _ right: Int) -> Int {
    let (result, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : result
}
