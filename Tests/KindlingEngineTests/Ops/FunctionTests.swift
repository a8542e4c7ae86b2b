// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// What the tables of operations cannot say: numbers beyond 2⁵³, other types, other devices, answers on the host.
@Suite struct FunctionTests {
    @Test func largeIntegersAreComparedExactly() throws {
        try withTensorErrors { () throws in
            let large = 1 << 60
            let x = Tensor([large, large + 1, .max, .min])
            #expect(try (x .== (large + 1)).array(of: Bool.self) == [false, true, false, false])
            #expect(try (x .!= (large + 1)).array(of: Bool.self) == [true, false, true, true])
            #expect(try (x .< (large + 1)).array(of: Bool.self) == [true, false, false, true])
            #expect(try (x .<= Int.max).array(of: Bool.self) == [true, true, true, true])
            #expect(try (x .> Int.min).array(of: Bool.self) == [true, true, true, false])
            #expect(try (x .>= Int.max).array(of: Bool.self) == [false, false, true, false])
        }
    }

    @Test func integersAreComparedWithRealNumbersBeyondTheirs() throws {
        try withTensorErrors { () throws in
            let x = Tensor([Int.max, Int.min, 0])
            for number in [Double.infinity, 0x1p63, 1e300] {
                #expect(try (x .< number).array(of: Bool.self) == [true, true, true])
                #expect(try (x .>= number).array(of: Bool.self) == [false, false, false])
                #expect(try (x .== number).array(of: Bool.self) == [false, false, false])
            }
            #expect(try (x .>= -0x1p63).array(of: Bool.self) == [true, true, true])
            #expect(try (x .> -0x1p63).array(of: Bool.self) == [true, false, true])
            #expect(try (x .> -Double.infinity).array(of: Bool.self) == [true, true, true])
            #expect(try x.isInfinite().array(of: Bool.self) == [false, false, false])
        }
    }

    @Test func allCloseAnswersOnTheHost() throws {
        let x = Tensor([1.0, 2.0], dtype: .float64)
        #expect(try x.allClose(to: x + 1e-9))
        #expect(try !x.allClose(to: x + 1e-3))
        #expect(try x.allClose(to: x + 1e-3, absoluteTolerance: 1e-2))
        #expect(try Tensor.zeros([0]).allClose(to: .ones([0])))
        #expect(throws: TensorError.self) { try withTensorErrors { try x.allClose(to: .zeros([3])) } }
        #expect(throws: TensorError.self) {
            try withTensorErrors { try x.allClose(to: x, relativeTolerance: -1) }
        }
    }

    @Test(arguments: [DType.float16, .bfloat16, .float32, .float64])
    func functionsKeepTheirRealType(_ dtype: DType) throws {
        try withTensorErrors { () throws in
            let x = Tensor([-0.5, 0.25, 0.5]).converted(to: dtype)
            let results = [
                x.ceiling(), x.asin(), x.abs().log2(), x.exp2(), x.sinc(), x.logSigmoid(), x.remainder(1), x.hypot(x),
                x.floorDivided(by: x), x.interpolated(to: x, weight: 0.5), x.clamped(lower: 0), x.relu6(), x.selu(),
                x.hardSwish(), x.softShrink(), x.prelu(slope: Tensor([0.5]).converted(to: dtype)), x.sparsePlus(),
            ]
            for result in results {
                #expect(result.dtype == dtype)
                #expect(try result.isFinite().array(of: Bool.self) == [true, true, true])
            }
        }
    }

    @Test(arguments: [DType.float16, .bfloat16, .float32, .float64])
    func infinityBecomesTheGreatestFiniteNumberOfTheType(_ dtype: DType) throws {
        try withTensorErrors { () throws in
            let greatest = (Tensor([1.0]).converted(to: dtype) / 0).replacingNonFinite()
            #expect(try greatest.isFinite().array(of: Bool.self) == [true])
            // The next number up, half a unit in the last place further on, is rounded to infinity.
            let beyond = greatest * 1.01
            #expect(try beyond.isInfinite().array(of: Bool.self) == [true])
        }
    }

    @Test func shapesFollowWithoutElements() throws {
        try withDevice(.meta) {
            try withTensorErrors { () throws in
                let x = Tensor.zeros([2, 4])
                #expect(x.glu().shape == [2, 2])
                #expect(x.prelu(slope: .zeros([4])).shape == [2, 4])
                #expect((x .< 0.5).spec == TensorSpec(shape: [2, 4], dtype: .bool))
                #expect((Tensor.zeros([2, 4], dtype: .int64) .< Int.max).spec.dtype == .bool)
                #expect(x.atan2(.zeros([3, 1, 1])).shape == [3, 2, 4])
                #expect(x.isClose(to: x).dtype == .bool)
            }
        }
    }
}
