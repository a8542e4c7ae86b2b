// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// Every window of a token sequence, with the tokens that follow: what a language model learns from.
///
/// Sample i has the tokens i ..< i + blockLength as inputs, and those one place further as targets, both int64
/// `[N, blockLength]`. A ``WindowSampler`` visits as many of them as cover the sequence once.
///
///     let dataset = try TokenDataset([1, 2, 3, 4], blockLength: 2)
///     try dataset.batch(at: [1])      // inputs [[2, 3]], targets [[3, 4]]
public struct TokenDataset: Dataset {
    /// Tokens of one sample.
    public let blockLength: Int
    private let tokens: ArraySlice<Int32>

    /// Windows over a sequence.
    /// - Throws: `DataError` when not even one window and the token behind it fit.
    public init(_ tokens: [Int], blockLength: Int) throws(DataError) {
        guard let small = TokenDataset.narrowed(tokens) else {
            throw DataError(.invalidValue, "tokens are numbers in 0 ... \(Int32.max)")
        }
        try self.init(small[...], blockLength: blockLength)
    }

    private static func narrowed(_ tokens: [Int]) -> [Int32]? {
        let small = tokens.compactMap { $0 < 0 ? nil : Int32(exactly: $0) }
        return small.count == tokens.count ? small : nil
    }

    init(_ tokens: ArraySlice<Int32>, blockLength: Int) throws(DataError) {
        guard blockLength >= 1, blockLength < tokens.count else {
            throw DataError(
                .invalidValue, "\(tokens.count) tokens have no window of \(blockLength) with a token behind it",
                remedy: "give a longer text, or a block length from 1 to \(max(1, tokens.count - 1))")
        }
        self.tokens = tokens
        self.blockLength = blockLength
    }

    /// The number of windows.
    public var count: Int { tokens.count - blockLength }

    /// The windows that begin at the places given.
    public func batch(at indices: [Int]) throws -> Batch {
        try check(indices)
        let shape: Shape = [indices.count, blockLength]
        func windows(_ offset: Int) -> Tensor {
            var values: [Int64] = []
            values.reserveCapacity(shape.elementCount)
            for index in indices {
                let start = tokens.startIndex + index + offset
                for token in tokens[start..<start + blockLength] { values.append(Int64(token)) }
            }
            return Tensor(values, shape: shape, on: .cpu)
        }
        return try withTensorErrors { Batch(inputs: windows(0), targets: windows(1), indices: indices) }
    }
}
