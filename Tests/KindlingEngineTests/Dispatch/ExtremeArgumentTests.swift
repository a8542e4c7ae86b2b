// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// Every operation that takes a whole number, with the smallest and largest there are: a result or an error, no trap.
@Suite(.serialized) struct ExtremeArgumentTests {
    struct Use: Sendable, CustomStringConvertible {
        let description: String
        let apply: @Sendable (Tensor, Int) throws -> Void

        init(_ name: String, _ apply: @escaping @Sendable (Tensor, Int) throws -> Void) {
            description = name
            self.apply = apply
        }
    }

    private static let numbers = [
        Int.min, .min + 1, -(1 << 32), -9, -1, 0, 1, 2, 9, 1 << 31, 1 << 53, 1 << 59, 1 << 62, .max - 1, .max,
    ]

    private static let uses: [Use] = arrangements + reductions + pictures + products + creation

    private static let arrangements: [Use] = [
        Use("reshaped") { _ = ($0.reshaped(to: [$1, -1]), $0.reshaped(to: [$1, $1])) },
        Use("flattened") { _ = $0.flattened(from: $1) }, Use("insertingAxis") { _ = $0.insertingAxis(at: $1) },
        Use("squeezed") { _ = ($0.squeezed($1), $0.squeezed($1, $1)) },
        Use("expanded") { _ = $0.expanded(to: [$1, $1, 3]) },
        Use("permuted") { _ = ($0.permuted($1, 0), $0.permuted($1, $1)) },
        Use("transposed") { _ = ($0.transposed($1, 0), $0.transposed(0, $1)) },
        Use("movingAxis") { _ = ($0.movingAxis($1, to: 0), $0.movingAxis(0, to: $1)) },
        Use("sliced") { x, n in
            _ = x.sliced(0..<1, along: n)
            if n > 0 { _ = (x.sliced(0..<n), x.sliced(n - 1..<n), x.sliced(-n..<n)) }
        },
        Use("subscript") { x, n in
            _ = (x[n], x[n...], x[..<n], x[...n], x[.all, n], x[.every(n)], x[.every(2, from: n)], x[.every(-1, to: n)])
        },
        Use("replacing") { x, n in
            _ = (x.replacing(n, with: x), x.replacing(.every(n), with: x), x.replacing(n..., with: x))
        },
        Use("flipped") { _ = $0.flipped(over: $1) },
        Use("rolled") { _ = ($0.rolled(by: $1), $0.rolled(by: 1, along: $1)) },
        Use("tiled") { _ = ($0.tiled($1), $0.tiled($1, $1), $0.tiled(1, 1, $1)) },
        Use("repeated") { _ = ($0.repeated($1), $0.repeated(2, along: $1)) },
        Use("split into") { _ = ($0.split(into: [$1, $1]), $0.split(into: [1, $1], along: $1)) },
        Use("split size") { _ = ($0.split(size: $1), $0.split(size: 1, along: $1)) },
        Use("chunked") { _ = ($0.chunked($1), $0.chunked(1, along: $1)) },
        Use("padded") { x, n in
            for mode in [PaddingMode.constant(0), .reflect, .replicate, .circular] {
                _ = (x.padded([(n, 0)], mode: mode), x.padded([(n, n), (n, n)], mode: mode))
            }
        },
        Use("concatenated") { _ = (Tensor.concatenated([$0, $0], along: $1), Tensor.stacked([$0, $0], along: $1)) },
        Use("triangles") { _ = ($0.upperTriangle(diagonal: $1), $0.lowerTriangle(diagonal: $1)) },
        Use("diagonal") { x, n in
            _ = (x.diagonal(offset: n), x.diagonal(rows: n), x.diagonal(columns: n), x.trace(offset: n))
        },
        Use("diagonalMatrix") { _ = $0.diagonalMatrix(offset: $1) },
        Use("pixelShuffled") { _ = ($0.pixelShuffled(by: $1), $0.pixelUnshuffled(by: $1)) },
        Use("gathered") { x, n in
            let places = Tensor([n])
            _ = (x.gathered(at: places), x.gathered(at: places, along: -1), x[places])
            _ = (x.taken(at: places, along: 0), x.gathered(at: Tensor([0]), along: n), x.taken(at: places, along: n))
        },
        Use("scattered") { x, n in
            let places = Tensor([n], shape: [1, 1])
            _ = (x.scattered(x, at: places, along: 0), x.scatterAdded(Tensor(1), at: places, along: -1))
            _ = (x.scattered(x, at: places, along: n), x.scatterAdded(Tensor(1), at: places, along: n))
        },
        Use("oneHot") { _ = ($0.oneHot(classes: $1), Tensor([$1]).oneHot(classes: 3)) },
        Use("embedding") { _ = ($0.embedding(Tensor([$1])), $0.embedding(Tensor([0]), paddingIndex: $1)) },
    ]

    private static let reductions: [Use] = [
        Use("sum") { _ = ($0.sum(over: $1), $0.mean(over: $1, 0), $0.product(over: $1), $0.norm(over: $1)) },
        Use("max") { _ = ($0.max(over: $1), $0.min(over: $1), $0.argmax(over: $1), $0.argmin(over: $1)) },
        Use("any") { _ = ($0.any(over: $1), $0.all(over: $1), $0.countNonZero(over: $1), $0.logSumExp(over: $1)) },
        Use("variance") { x, n in
            _ = (x.variance(correction: n), x.standardDeviation(correction: n), x.variance(over: n))
            _ = x.meanAndVariance(over: 0, correction: n)
        },
        Use("softmax") { _ = ($0.softmax(over: $1), $0.logSoftmax(over: $1), $0.softmin(over: $1)) },
        Use("cumulative") { _ = ($0.cumulativeSum(along: $1), $0.cumulativeProduct(along: $1)) },
        Use("linearRecurrence") { _ = $0.linearRecurrence(decay: $0, along: $1) },
        Use("sorted") { _ = ($0.sorted(along: $1), $0.argsort(along: $1), $0.median(over: $1)) },
        Use("topK") { _ = ($0.topK($1), $0.topK(1, along: $1)) },
        Use("glu") { _ = ($0.glu(along: $1), $0.prelu(slope: Tensor(0.5), along: $1)) },
        Use("whole numbers") { x, n in
            let whole = x.converted(to: .int64)
            _ = (whole + n, n - whole, whole * n, whole / n, whole.minimum(n), whole.maximum(n))
            _ = (whole.remainder(n), whole.floorDivided(by: n), whole .< n, whole .== n)
        },
        Use("normalized") { x, n in
            _ = (x.layerNormalized(overLast: n), x.rmsNormalized(overLast: n), x.groupNormalized(groups: n))
            _ = (x.l2Normalized(along: n), x.localResponseNormalized(size: n))
        },
    ]

    private static let pictures: [Use] = [
        Use("convolved") { x, n in
            let weight = Tensor.ones([2, x.rank > 1 ? x.shape[1] : 1, 1, 1])
            _ = (x.convolved(weight: weight, stride: [n]), x.convolved(weight: weight, stride: [1, n]))
            _ = (x.convolved(weight: weight, padding: [n]), x.convolved(weight: weight, dilation: [n]))
            _ = x.convolved(weight: weight, groups: n)
            _ = x.convolved(weight: weight, stride: [n], padding: .same)
        },
        Use("convolvedTransposed") { x, n in
            let weight = Tensor.ones([x.rank > 1 ? x.shape[1] : 1, 2, 2, 2])
            _ = (x.convolvedTransposed(weight: weight, padding: [n]), x.convolvedTransposed(weight: weight, groups: n))
            _ = x.convolvedTransposed(weight: weight, dilation: [n])
            _ = x.convolvedTransposed(weight: weight, outputPadding: [n])
            if n < 1 << 20 { _ = x.convolvedTransposed(weight: weight, stride: [n]) }
        },
        Use("pooled") { x, n in
            _ = (x.maxPooled(size: [n]), x.maxPooled(size: [1], stride: [n]), x.maxPooled(size: [2], padding: [n]))
            _ = (x.maxPooled(size: [2], dilation: [n], ceilMode: true), x.averagePooled(size: [n]))
            _ = (x.averagePooled(size: [2], stride: [n]), x.averagePooled(size: [2], padding: [n]))
        },
        Use("adaptive") { _ = ($0.adaptiveAveragePooled(to: [$1]), $0.adaptiveMaxPooled(to: [$1, 1])) },
        Use("interpolated") { x, n in
            for mode in [InterpolationMode.nearest, .linear, .cubic] {
                _ = (x.interpolated(to: [n], mode: mode), x.interpolated(scale: [Double(n)], mode: mode))
            }
        },
    ]

    private static let products: [Use] = [
        Use("cross") { _ = $0.cross($0, along: $1) }, Use("tensorDot") { _ = $0.tensorDot($0, axes: $1) },
        Use("tensorDot over") { _ = $0.tensorDot($0, over: [$1], and: [0]) },
        Use("matrixPower") { x, n in _ = x.matrixPower(n) },
        Use("losses") { x, n in
            let classes = Tensor([n, 0])
            _ = (x.crossEntropy(classes: classes), x.negativeLogLikelihood(classes))
            _ = (x.crossEntropy(classes: classes, ignoring: n), x.negativeLogLikelihood(classes, ignoring: n))
            _ = (x.cosineSimilarity(to: x, along: n), x.crossEntropyRows(classes))
        },
        Use("ctcLoss") { x, n in
            let scores = Tensor.zeros([3, 1, 2])
            _ = scores.ctcLoss(Tensor([n], shape: [1, 1]), inputLengths: [3], targetLengths: [1])
            _ = scores.ctcLoss(Tensor([1], shape: [1, 1]), inputLengths: [n], targetLengths: [1])
            _ = scores.ctcLoss(Tensor([1], shape: [1, 1]), inputLengths: [3], targetLengths: [n], blank: n)
        },
    ]

    private static let creation: [Use] = [
        Use("zeros") { _ = (Tensor.zeros([$1]), Tensor.ones([$1, $1]), Tensor.full([$1, 0], 1)) },
        Use("indices") { _ = (Tensor.indices($1), Tensor.eye($1)) },
        Use("arange") {
            _ = (Tensor.arange(from: 0, to: Double($1), by: 1), Tensor.linspace(from: 0, to: 1, count: $1))
        },
        Use("random") { x, n in
            var stream = RandomStream(seed: 1)
            _ = (Tensor.uniform([n], from: &stream), Tensor.normal([n, n], from: &stream))
            _ = (Tensor.bernoulli([n], probability: 0.5, from: &stream), Tensor.truncatedNormal([n], from: &stream))
            _ = (Tensor.randomIntegers([2], low: n, high: .max, from: &stream))
            _ = (Tensor.randomIntegers([2], low: .min, high: n, from: &stream))
            _ = Tensor.permutation(n, from: &stream)
        },
        Use("sinusoidalPositions") { x, n in
            _ = (Tensor.sinusoidalPositions(count: n, width: 2), Tensor.sinusoidalPositions(count: 2, width: n))
        },
    ]

    @Test(arguments: uses) func extremeNumbersNeverTrap(_ use: Use) throws {
        for shape in [[], [3], [0, 3], [2, 2], [1, 2, 2, 3]] as [Shape] {
            for device in [Device.cpu, .meta] {
                // What there is memory for is made, and 2³¹ numbers might be.
                for number in Self.numbers where device == .meta || number != 1 << 31 {
                    // What comes out does not matter, nor that it is an error: only that it comes back.
                    do {
                        try withDevice(device) { try withTensorErrors { try use.apply(.ones(shape), number) } }
                    } catch let error as TensorError {
                        #expect(!error.operation.isEmpty && !error.what.isEmpty)
                    }
                }
            }
        }
    }
}
