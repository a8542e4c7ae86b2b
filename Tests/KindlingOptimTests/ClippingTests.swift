// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingOptim
import Testing

@Suite struct ClippingTests {
    private let sequence = GradientSequence()
    private var parameters: [Parameter] { sequence.parameters.map(\.parameter) }

    @Test func normsAndClippedGradientsEqualPyTorch() throws {
        for (name, maximum) in [("clip norm", 0.5), ("clip norm above", 100.0)] {
            let expected = try #require(Fixture.optimizers[name])
            sequence.setGradients(3)
            #expect(abs(try gradientNorm(of: parameters) - expected[0]) <= 1e-12)
            let norm = try clipGradients(of: parameters, maxNorm: maximum)
            #expect(worstError([norm] + (try sequence.gradients()), expected) <= 1e-12)
        }
    }

    @Test func theFactorForAnOptimizerIsThatOfClipping() throws {
        sequence.setGradients(3)
        let before = try sequence.gradients()
        let factor = clippingFactor(norm: try clipGradients(of: parameters, maxNorm: 0.5), maxNorm: 0.5)
        #expect(worstError(try sequence.gradients(), before.map { $0 * factor }) <= 1e-15)
        #expect(clippingFactor(norm: 0, maxNorm: 1) == 1)
        #expect(clippingFactor(norm: .nan, maxNorm: 1) == 1)
    }

    @Test func valuesAreLimited() throws {
        sequence.setGradients(3)
        let before = try sequence.gradients()
        try clipGradients(of: parameters, maxValue: 0.25)
        #expect(try sequence.gradients() == before.map { min(0.25, max(-0.25, $0)) })
    }

    @Test func withoutGradientsTheNormIsZero() throws {
        #expect(try clipGradients(of: parameters, maxNorm: 1) == 0)
        #expect(try gradientNorm(of: [Parameter]()) == 0)
        try clipGradients(of: parameters, maxValue: 1)
    }

    @Test func largeAndHalfGradientsHaveAFiniteNorm() throws {
        let large = Parameter(Tensor([1.0, 1.0]))
        large.gradient = Tensor([3e200, 4e200]).converted(to: .float64)
        let half = Parameter(.zeros([2]))
        half.gradient = Tensor([30_000.0, 40_000.0]).converted(to: .float16)
        #expect(abs(try gradientNorm(of: [half]) - 50_000) < 50)
        let many = (0..<2).map { _ in
            let parameter = Parameter(.zeros([1], dtype: .float64))
            parameter.gradient = .full([1], 1e300, dtype: .float64)
            return parameter
        }
        for parameter in many { parameter.gradient = .full([1], 1e150, dtype: .float64) }
        #expect(abs(try gradientNorm(of: many) / (2.0.squareRoot() * 1e150) - 1) < 1e-12)
    }

    @Test(arguments: [Double.nan, .infinity]) func aNormThatIsNoNumberIsRefusedDroppedOrKept(_ bad: Double) throws {
        func prepare() -> [Double] {
            sequence.setGradients(0)
            parameters[1].gradient = .full([4, 3], bad, dtype: .float64)
            return (try? sequence.gradients()) ?? []
        }
        let before = prepare()
        let error = tensorError { try clipGradients(of: parameters, maxNorm: 1) }
        #expect(error?.code == .notFinite)
        #expect(error?.what.contains("gradient 1 of shape [4, 3]") == true)
        #expect(try sequence.gradients()[..<5] == before[..<5])
        #expect(try clipGradients(of: parameters, maxNorm: 1, nonFinite: .keep).isFinite == false)
        #expect(try sequence.gradients()[..<5] == before[..<5])
        #expect(try clipGradients(of: parameters, maxNorm: 1, nonFinite: .drop).isFinite == false)
        #expect(parameters.allSatisfy { $0.gradient == nil })
    }

    @Test func impossibleLimitsAreRefused() {
        #expect(
            tensorError { try clipGradients(of: parameters, maxNorm: 0) }?.what == "maxNorm is 0.0, but must be above 0"
        )
        #expect(
            tensorError { try clipGradients(of: parameters, maxValue: -1) }?.what
                == "maxValue is -1.0, but must be above 0")
    }
}
