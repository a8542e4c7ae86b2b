// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// A table of learned vectors, picked by number.
///
/// Shapes: whole numbers `[…]` in 0 ..< numEmbeddings → `[…, embeddingDim]`; weight `[numEmbeddings, embeddingDim]`, by
/// Gauss' bell curve with mean 0 and variance 1 at first. A number outside the table is an error that names it.
///
///     let tokens = Embedding(50_257, 768)
///     tokens(Tensor([[15, 7, 0]]))        // [1, 3] → [1, 3, 768]
public final class Embedding: Layer {
    /// `[numEmbeddings, embeddingDim]`.
    public let weight: Parameter
    private let paddingIndex: Int?
    private let maxNorm: Double?
    private let mistake: LayerError?

    /// A table of so many vectors.
    /// - Parameters:
    ///   - numEmbeddings: How many vectors, at least 1.
    ///   - embeddingDim: Numbers in each, at least 1.
    ///   - paddingIndex: A row that begins as zeros and is not learned; nil for none. Negative ones count from the end.
    ///   - maxNorm: Above 0: rows that are picked and longer are scaled to this length in the table, before each use.
    ///     Costs a pass over the table. Nil leaves them alone.
    public init(_ numEmbeddings: Int, _ embeddingDim: Int, paddingIndex: Int? = nil, maxNorm: Double? = nil) {
        mistake = .found { () throws(LayerError) in
            try Embedding.check(numEmbeddings, embeddingDim, paddingIndex, maxNorm)
        }
        self.paddingIndex = paddingIndex
        self.maxNorm = maxNorm
        let padding = paddingIndex.map { $0 < 0 ? $0 &+ numEmbeddings : $0 }
        weight = Parameter(mistake == nil ? [numEmbeddings, embeddingDim] : [0, 0], .table(zeroRow: padding))
    }

    /// Refuses arguments that cannot be.
    static func check(
        _ numEmbeddings: Int, _ embeddingDim: Int, _ paddingIndex: Int?, _ maxNorm: Double?
    ) throws(LayerError) {
        try checkSize("numEmbeddings", numEmbeddings)
        try checkSize("embeddingDim", embeddingDim)
        if let paddingIndex, !(-numEmbeddings..<numEmbeddings).contains(paddingIndex) {
            throw LayerError("paddingIndex", paddingIndex, must: "name one of the \(numEmbeddings) rows")
        }
        if let maxNorm, !(maxNorm > 0 && maxNorm.isFinite) {
            throw LayerError("maxNorm", maxNorm, must: "be a number above 0")
        }
    }

    /// The rows that the numbers name.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "Embedding") }
        if let maxNorm { shorten(rowsAt: input, to: maxNorm) }
        return weight.value.embedding(input, paddingIndex: paddingIndex)
    }

    private func shorten(rowsAt indices: Tensor, to maxNorm: Double) {
        guard indices.device != .meta, !indices.dtype.isFloatingPoint else { return }  // the lookup refuses the latter
        noGrad {
            let table = weight.value.detached()
            let places = indices.converted(to: .int64).flattened()
            let uses = Tensor.zeros([table.shape[0]], on: table.device)
                .scatterAdded(.ones(places.shape, on: table.device), at: places, along: 0)
            let norms = table.norm(over: 1, keepDims: true)
            let long = (norms .> maxNorm).minimum((uses .> 0).reshaped(to: [-1, 1]))
            weight.value = (table * (maxNorm / (norms + 1e-7))).selected(where: long, else: table)
        }
    }

    static let component = Component<any Layer>(
        "Embedding", "A table of learned vectors, picked by number.",
        Field<Int>(required: "numEmbeddings", in: .atLeast(1), "How many vectors."),
        Field<Int>(required: "embeddingDim", in: .atLeast(1), "Numbers in each."),
        Field<Int?>("paddingIndex", default: nil, "A row that begins as zeros and is not learned."),
        Field<Double?>("maxNorm", default: nil, in: .positive, "Length to which longer rows that are used are scaled.")
    ) { numEmbeddings, embeddingDim, paddingIndex, maxNorm in
        try check(numEmbeddings, embeddingDim, paddingIndex, maxNorm)
        return Embedding(numEmbeddings, embeddingDim, paddingIndex: paddingIndex, maxNorm: maxNorm)
    }
}

extension Initializer {
    /// Rows by Gauss' bell curve, one of them zeros.
    fileprivate static func table(zeroRow: Int?) -> Initializer {
        Initializer { shape, stream, dtype, device in
            let rows = Tensor.normal(shape, from: &stream, dtype: dtype, on: device)
            // Without rows the list of their numbers is not needed, which may be too long to hold.
            guard let zeroRow, !rows.isPlaceholder else { return rows }
            let places = Tensor.indices(shape[0], on: device).reshaped(to: [shape[0], 1])
            return rows.maskedFilled(where: places .== zeroRow, with: 0)
        }
    }
}
