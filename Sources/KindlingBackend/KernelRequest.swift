// SPDX-License-Identifier: Apache-2.0

/// What the engine can ask of a backend.
///
/// Everything else is composed of these.
///
/// Backends switch over it without `default`, so that a new case names every place that has to learn it.
/// Each case says what its inputs and outputs are, in order. "Row-major" operands have no gaps; operands without that
/// word may have any strides, with 0 for a broadcast axis.
public enum KernelRequest: Sendable {
    /// A program for each element. Inputs: one for each program input, any strides and types, all of the outputs'
    /// shape. Outputs: one for each program output, dense, all with the same strides; they may be inputs too.
    case elementwise(ScalarProgram, Arithmetic)

    /// Copies and converts. Input: any strides, any type. Output: the same shape, any strides without zeros, any type.
    /// Real numbers become integers by truncation towards zero; anything becomes `bool` by comparison with zero.
    case copy

    /// Combines the elements along some axes. Input: row-major. Output: row-major, of the axes that are left.
    case reduce(Reduction)

    /// The product of matrices in the last two axes. Inputs: `[…, M, K]`, `[…, K, N]`, each matrix row-major or its
    /// transpose, batch axes of any strides; then, with `bias`, `[N]`. Output: row-major `[…, M, N]`.
    case matmul(Matmul)

    /// A convolution or one of its gradients; see ``ConvolutionRequest``.
    case convolution(ConvolutionRequest)

    /// A pooling or its gradient; see ``Pooling``.
    case pooling(Pooling)

    /// Softmax over the last axis. Forward: x → y. Backward: upstream, y → gradient. All row-major.
    case softmax(SoftmaxRequest)

    /// Normalization by batch, layer or group; see ``NormalizationRequest``.
    case normalization(NormalizationRequest)

    /// Softmax cross-entropy of rows; see ``CrossEntropyRequest``.
    case crossEntropy(CrossEntropyRequest)

    /// Picks slices along the first axis. Inputs: source `[R, …]` row-major, indices int64 `[N]` row-major.
    /// Output: `[N, …]` row-major, the source's type. Negative indices count from the end.
    /// - Throws: `indexOutOfRange` with the index.
    case gather

    /// Adds slices along the first axis. Inputs: indices int64 `[N]`, updates `[N, …]`, both row-major.
    /// Output: `[R, …]` row-major, floating-point, zeroed first; several updates of one slice all count, in the order
    /// of the indices. Throws as `gather`.
    case scatterAdd

    /// Combines along one axis, keeping every step; see ``Scan``. Inputs: x, and for a recurrence the factors, of one
    /// shape, row-major. Output: row-major, x's shape; a floating-point type from such types, int64 from others.
    case scan(Scan)

    /// Orders the last axis; see ``Sort``. Input: row-major, any type. Output: int64 places, row-major, the input's
    /// shape with `count` elements along the last axis.
    case sort(Sort)

    /// Random numbers that depend on key, stream and element number alone; see ``RandomFill``. No inputs.
    /// Output: row-major.
    case random(RandomFill)

    /// One optimizer step over many tensors; see ``OptimizerStep``. All row-major.
    case optimizerStep(OptimizerStep)

    /// A factorization of matrices, or what is solved by one; see ``LinearAlgebra``. All row-major.
    case linearAlgebra(LinearAlgebra)

    /// The name in messages and profiles.
    public var name: String {
        switch self {
        case .elementwise: "elementwise"
        case .copy: "copy"
        case .reduce(let reduction): "reduce(\(reduction.function))"
        case .matmul: "matmul"
        case .convolution: "convolution"
        case .pooling: "pooling"
        case .softmax: "softmax"
        case .normalization: "normalization"
        case .crossEntropy: "crossEntropy"
        case .gather: "gather"
        case .scatterAdd: "scatterAdd"
        case .scan: "scan"
        case .sort: "sort"
        case .random: "random"
        case .optimizerStep: "optimizerStep"
        case .linearAlgebra(let request): request.operation
        }
    }
}
