// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import KindlingNN
import Testing

/// An initializer with what its numbers must be: nil where there is no bound.
struct InitializerCase: Sendable, CustomStringConvertible {
    let name: String
    let initializer: Initializer
    var mean = 0.0
    let deviation: Double
    let bound: Double
    var description: String { name }
}

/// First values: bounds, moments and seeds.
///
/// The weights are `[40, 30, 3, 3]`: 270 in, 360 out, 315 on average.
@Suite struct InitializerTests {
    static let shape: Shape = [40, 30, 3, 3]
    private static let truncated = 0.87962566103423978

    static let cases: [InitializerCase] = [
        normal("glorotNormal", .glorotNormal(), variance: 1 / 315.0, truncated: true),
        uniform("glorotUniform", .glorotUniform(), variance: 1 / 315.0),
        normal("heNormal", .heNormal(), variance: 2 / 270.0, truncated: true),
        uniform("heUniform", .heUniform(), variance: 2 / 270.0),
        normal("lecunNormal", .lecunNormal(), variance: 1 / 270.0, truncated: true),
        uniform("lecunUniform", .lecunUniform(), variance: 1 / 270.0),
        normal("kaimingNormal", .kaimingNormal(for: .relu, mode: .fanOut), variance: 2 / 360.0),
        uniform(
            "kaimingUniform", .kaimingUniform(for: .leakyRelu, negativeSlope: 5.0.squareRoot()),
            variance: 1 / 3.0 / 270),
        normal("xavierNormal", .xavierNormal(gain: 2), variance: 4 / 315.0),
        uniform("xavierUniform", .xavierUniform(gain: 0.5), variance: 0.25 / 315),
        normal(
            "varianceScaling", .varianceScaling(scale: 3, mode: .fanOut, distribution: .untruncatedNormal),
            variance: 3 / 360.0),
        InitializerCase(
            name: "randomUniform", initializer: .randomUniform(), deviation: 0.1 / 12.0.squareRoot(), bound: 0.05),
        InitializerCase(
            name: "randomNormal", initializer: .randomNormal(mean: 0.1), mean: 0.1, deviation: 0.05, bound: 1),
        InitializerCase(
            name: "truncatedNormal", initializer: .truncatedNormal(), deviation: 0.05 * truncated, bound: 0.1),
    ]

    private static func normal(
        _ name: String, _ initializer: Initializer, variance: Double, truncated isTruncated: Bool = false
    ) -> InitializerCase {
        let deviation = variance.squareRoot()
        return InitializerCase(
            name: name, initializer: initializer, deviation: deviation,
            bound: isTruncated ? 2 * deviation / truncated : 6 * deviation)
    }

    private static func uniform(_ name: String, _ initializer: Initializer, variance: Double) -> InitializerCase {
        InitializerCase(
            name: name, initializer: initializer, deviation: variance.squareRoot(), bound: (3 * variance).squareRoot())
    }

    private func draw(
        _ initializer: Initializer, _ shape: Shape = InitializerTests.shape, seed: UInt64 = 3, dtype: DType = .float32
    ) throws -> Tensor {
        var stream = RandomStream(seed: seed)
        return try withTensorErrors { initializer.draw(shape, &stream, dtype, .cpu) }
    }

    @Test(arguments: cases) func momentsAndBoundsAreTheDeclaredOnes(_ test: InitializerCase) throws {
        let values = try draw(test.initializer).array(of: Double.self)
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        // Five standard errors of the mean, and of a variance of a curve with a kurtosis of three at most.
        #expect(abs(mean - test.mean) < 5 * test.deviation / count.squareRoot())
        #expect(abs(variance / (test.deviation * test.deviation) - 1) < 5 * (2 / count).squareRoot())
        #expect(values.allSatisfy { abs($0 - test.mean) <= test.bound * 1.000_001 })
    }

    @Test(arguments: cases) func equalSeedsGiveEqualBits(_ test: InitializerCase) throws {
        let first: [Float] = try draw(test.initializer).array()
        #expect(try draw(test.initializer).array() == first)
        #expect(try draw(test.initializer, seed: 4).array() != first)
    }

    @Test(arguments: [[6, 4], [4, 6], [5, 5], [3, 2, 2, 2]] as [Shape])
    func orthogonalMatricesAreOrthogonal(_ shape: Shape) throws {
        let weight = try draw(.orthogonal(gain: 2), shape, dtype: .float64)
        #expect(weight.shape == shape)
        let matrix = weight.reshaped(to: [shape[0], -1])
        let product =
            matrix.shape[0] <= matrix.shape[1]
            ? matrix.matmul(matrix.transposed()) : matrix.transposed().matmul(matrix)
        let expected = Tensor.eye(product.shape[0], dtype: .float64) * 4
        #expect(try (product - expected).abs().max().item() < 1e-12)
    }

    @Test func orthogonalDirectionsAreEquallyLikely() throws {
        // Householder's reflections alone would give a first element of one sign only.
        let signs = try (0..<64).map { seed in
            try draw(.orthogonal(), [2, 2], seed: UInt64(seed)).array(of: Double.self)[0] > 0
        }
        #expect((15...49).contains(signs.count { $0 }))
    }

    @Test func constantsAreConstant() throws {
        #expect(try draw(.zeros, [3]).array() == [0, 0, 0] as [Float])
        #expect(try draw(.ones, [2]).array() == [1, 1] as [Float])
        #expect(try draw(.constant(-2.5), []).item() == -2.5)
    }

    @Test func identityHandsChannelsOn() throws {
        #expect(try draw(.identity(gain: 2), [2, 3]).array() == [2, 0, 0, 0, 2, 0] as [Float])
        let layer = Conv2D(3, 3, kernelSize: 3, padding: 1, bias: false, weightInitializer: .identity())
        var stream = RandomStream(seed: 1)
        let picture = Tensor.normal([2, 3, 4, 5], from: &stream)
        #expect(try withTensorErrors { layer(picture) }.array() == picture.array(of: Float.self))
    }

    @Test func shortTimeFourierKernelsAreKeras() throws {
        let reference = Reference("stft")
        for window in [FourierWindow.hann, .hamming, .blackman, .bartlett, .cosine, .none] {
            for (side, scaling, periodic) in [
                (FourierSide.real, FourierScaling.density, false), (.imaginary, .spectrum, true), (.real, .none, true),
            ] {
                let name = "\(window.rawValue) \(side.rawValue) \(scaling.rawValue) \(periodic)"
                let drawn = try draw(
                    .stft(side, window: window, scaling: scaling, periodic: periodic), [5, 1, 7], dtype: .float64)
                try reference.expect(name, drawn)
            }
        }
        #expect(try draw(.stft(), [1, 1, 1], dtype: .float64).array() == [1.0])
    }

    @Test func whatCannotBeDrawnIsAnErrorAndNoTrap() {
        func code(_ initializer: Initializer, _ shape: Shape) -> TensorError.Code? {
            do { _ = try draw(initializer, shape) } catch { return (error as? TensorError)?.code }
            return nil
        }
        #expect(code(.orthogonal(), [4]) == .shapeMismatch)
        #expect(code(.identity(), [4]) == .shapeMismatch)
        #expect(code(.stft(), [5, 2, 7]) == .shapeMismatch)
        #expect(code(.stft(), [5]) == .shapeMismatch)
        #expect(code(.stft(), [0, 1, 7]) == nil)
        #expect(code(.varianceScaling(scale: -1), [4, 4]) == .invalidValue)
        #expect(code(.randomUniform(low: 1, high: 0), [4]) == .invalidValue)
        #expect(code(.heUniform(), [Int.max, Int.max]) == .shapeMismatch)
        #expect(code(.orthogonal(), [-1, 2]) == .shapeMismatch)
        #expect(code(.glorotNormal(), [0, 4]) == nil)
    }

    @Test func layersTakeInitializers() throws {
        let layer = Linear(3, 2, weightInitializer: .constant(2), biasInitializer: .ones)
        #expect(try withTensorErrors { layer(.ones([1, 3])) }.array() == [7, 7] as [Float])
        let convolution = Conv2D(out: 1, kernelSize: 2, weightInitializer: .ones, biasInitializer: .zeros)
        #expect(try withTensorErrors { convolution(.ones([1, 2, 2, 2])) }.array() == [8] as [Float])
    }

    @Test func recipesMakeEveryInitializerByName() throws {
        #expect(Initializers.all.map(\.type) == Initializers.all.map(\.type).sorted())
        for component in Initializers.all {
            let reader = RecipeReader()
            let name = DeclaredValue(.scalar(component.type, quoted: false), at: .builtIn)
            let initializer = try #require(InitializerKind.kind.make(from: name, reader), "\(component.type)")
            let shape: Shape = component.type == "STFT" ? [4, 1, 3] : [4, 3]
            #expect(try draw(initializer, shape).shape == shape)
        }
    }
}
