// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import Testing

@testable import KindlingEngine

/// In which types operations run under a precision policy, and what arrives at the parameters.
@Suite struct PrecisionPolicyTests {
    private static let bfloat16 = PrecisionPolicy(.bfloat16)

    private func numbers(_ sizes: Int..., dtype: DType = .float32, phase: Int = 0) -> Tensor {
        let shape = Shape(sizes)
        let values = (0..<shape.elementCount).map { Float(($0 * 7 + phase * 3) % 13) / 13 - 0.4 }
        return Tensor(values, shape: shape).converted(to: dtype)
    }

    @Test(arguments: PrecisionPolicy.HalfType.allCases)
    func everyRuleIsTheTypeThatTheOperationRunsIn(_ half: PrecisionPolicy.HalfType) throws {
        let policy = PrecisionPolicy(half)
        #expect(Set(PolicyCase.all.map(\.operation)) == Set(policy.rules.keys))
        for row in PolicyCase.all {
            for dtype in [DType.float32, half.dtype] {
                let found = try withTensorErrors { withPrecision(policy) { row.result(in: dtype) } }.dtype
                let expected: DType =
                    row.keepsInputType ? dtype : policy[row.operation] == .half ? half.dtype : .float32
                #expect(found == expected, "\(row.operation) of \(dtype.name)")
            }
        }
    }

    @Test func articleListsTheRulesOfTheStandardPolicy() throws {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let file = root.appendingPathComponent("Sources/Kindling/Kindling.docc/Precision.md")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        var listed: [String: PrecisionPolicy.Rule] = [:]
        for line in lines where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3, let rule = PrecisionPolicy.Rule(rawValue: cells[1]) else { continue }
            for name in cells[2].split(separator: "`").map(String.init) where name.contains(where: \.isLetter) {
                #expect(listed.updateValue(rule, forKey: name) == nil, "\(name) is listed twice")
            }
        }
        #expect(listed == PrecisionPolicy.standardRules)
    }

    @Test func otherOperationsRunInTheTypeTheirInputsPromoteTo() throws {
        try withTensorErrors {
            withPrecision(Self.bfloat16) {
                let (half, full) = (numbers(4, dtype: .bfloat16), numbers(4))
                #expect((half + half).dtype == .bfloat16)
                #expect((half + full).dtype == .float32)
                #expect(half.relu().dtype == .bfloat16)
                #expect(Tensor.concatenated([half, full]).dtype == .float32)
                #expect(numbers(4, dtype: .float64).exp().dtype == .float64)
            }
        }
    }

    @Test func policyOfYourOwnSaysWhatRunsInWhich() throws {
        var policy = Self.bfloat16
        policy["softmax"] = .half
        policy["relu"] = .half
        policy["matmul"] = .promoted
        try withTensorErrors {
            withPrecision(policy) {
                #expect(numbers(2, 3).softmax().dtype == .bfloat16)
                #expect(numbers(2, 3).relu().dtype == .bfloat16)
                #expect(numbers(2, 3).matmul(numbers(3, 2)).dtype == .float32)
            }
        }
    }

    @Test func everyOperationThatPassesTheDoorCanHaveARule() throws {
        let profile = OperationProfile(eventLimit: 1_000_000)
        try withTensorErrors {
            try profile.record {
                for row in OpCase.all {
                    guard let fixture = OperationFixture.all[row.description] else { continue }
                    _ = row.apply(try fixture.inputs.map { try $0.tensor() })
                }
            }
        }
        let passed = Set(profile.events.filter { $0.kind == "operation" && $0.pass == .other }.map(\.name))
        #expect(passed.count > 80)
        #expect(passed.subtracting(PrecisionPolicy.operationNames + ["converted"]).sorted() == [])
        #expect(Set(PrecisionPolicy.operationNames).isSuperset(of: PrecisionPolicy.standardRules.keys))
        #expect(PrecisionPolicy.operationNames == Set(PrecisionPolicy.operationNames).sorted())
    }

    @Test func ruleForAnOperationThatThereIsNotIsAnErrorWhereThePolicyIsInForce() throws {
        var policy = Self.bfloat16
        #expect(policy.unknownOperation == nil)
        policy["matmull"] = .float32
        #expect(policy.unknownOperation == "matmull")
        #expect(PrecisionPolicy(.float16, rules: ["softmaxx": .half]).unknownOperation == "softmaxx")
        let error = #expect(throws: TensorError.self) {
            try withTensorErrors { withPrecision(policy) { _ = numbers(2).exp() } }
        }
        #expect(error?.what == "the policy has a rule for 'matmull', which no operation is called")
    }

    @Test func nothingIsConvertedOutsideOrWherePoliciesAreSuspended() throws {
        try withTensorErrors {
            withPrecision(Self.bfloat16) {
                withPrecision(nil) { #expect(numbers(2, 2).matmul(numbers(2, 2)).dtype == .float32) }
                #expect(numbers(2, 2).matmul(numbers(2, 2)).dtype == .bfloat16)
            }
            #expect(numbers(2, 2).matmul(numbers(2, 2)).dtype == .float32)
        }
    }

    @Test func policyHoldsAcrossWaiting() async throws {
        let dtype = try await withTensorErrors {
            await withPrecision(Self.bfloat16) {
                await Task.yield()
                return numbers(2, 2).matmul(numbers(2, 2)).dtype
            }
        }
        #expect(dtype == .bfloat16)
    }

    @Test func gradientsArriveInFloat32AtTheMaster() throws {
        let weight = Parameter(numbers(3, 4))
        let loss = try withTensorErrors {
            withPrecision(Self.bfloat16) { numbers(2, 4).linear(weight: weight.value, bias: nil).sum() }
        }
        try loss.backward()
        #expect(weight.value.dtype == .float32)
        #expect(weight.gradient?.dtype == .float32)
        // Sums of inputs rounded to bfloat16, for each of the three rows.
        let column = numbers(2, 4).converted(to: .bfloat16).converted(to: .float32).sum(over: 0)
        let found = try #require(weight.gradient)
        #expect(try (found - column).abs().max().item() < 0.005)
    }

    @Test func parameterIsConvertedOnceForAllItsUses() throws {
        let weight = Parameter(numbers(3, 3))
        try withTensorErrors {
            try withPrecision(Self.bfloat16) {
                let scope = try #require(PrecisionScope.current)
                let first = scope.cast(weight.value, to: .bfloat16)
                #expect(scope.cast(weight.value, to: .bfloat16).value === first.value)
                // A new value is a new conversion.
                weight.value = numbers(3, 3, phase: 1)
                #expect(scope.cast(weight.value, to: .bfloat16).value !== first.value)
                // What was computed already is not a parameter.
                let other = numbers(3, 3)
                #expect(scope.cast(other, to: .bfloat16).value !== scope.cast(other, to: .bfloat16).value)
            }
        }
    }

    @Test func conversionMadeWithoutGradientIsNotReusedWithOne() throws {
        let weight = Parameter(numbers(3, 3))
        let loss = try withTensorErrors {
            withPrecision(Self.bfloat16) {
                _ = noGrad { numbers(2, 3).matmul(weight.value) }
                return numbers(2, 3).matmul(weight.value).sum()
            }
        }
        try loss.backward()
        #expect(weight.gradient != nil)
    }

    @Test func twoBackwardPassesInOneScopeBothReachTheMaster() throws {
        let weight = Parameter(numbers(3, 3))
        try withTensorErrors {
            try withPrecision(Self.bfloat16) {
                try numbers(2, 3).matmul(weight.value).sum().backward()
                let first = try #require(weight.gradient)
                try numbers(2, 3).matmul(weight.value).sum().backward()
                let both = try #require(weight.gradient)
                #expect(try both.array(of: Float.self) == (first * 2.0).array(of: Float.self))
                // An inner gradient frees its own conversions alone.
                _ = try valueAndGradient(at: [numbers(2, 3)]) { $0[0].matmul(weight.value).sum() }
                try numbers(2, 3).matmul(weight.value).sum().backward()
            }
        }
    }

    @Test func recomputedPartsGiveTheSameGradients() throws {
        func gradient(_ body: (Parameter) -> Tensor) throws -> [Float] {
            let weight = Parameter(numbers(4, 4))
            let loss = try withTensorErrors { withPrecision(Self.bfloat16) { body(weight).sum() } }
            try loss.backward()
            return try #require(weight.gradient).array(of: Float.self)
        }
        let x = numbers(3, 4)
        func block(_ weight: Parameter, _ input: Tensor) -> Tensor {
            input.matmul(weight.value).tanh().matmul(weight.value).softmax().matmul(weight.value)
        }
        let plain = try gradient { block($0, x) }
        let again = try gradient { weight in recomputed([x]) { block(weight, $0[0]) } }
        #expect(plain == again)
    }

    @Test func secondDerivativesAreNearThoseOfFloat32() throws {
        func penalty(_ policy: PrecisionPolicy?) throws -> Tensor {
            let weight = Parameter(numbers(4, 4))
            let loss = try withTensorErrors {
                try withPrecision(policy) {
                    let (_, gradients) = try valueAndGradient(at: [numbers(3, 4, phase: 1)], differentiable: true) {
                        $0[0].matmul(weight.value).tanh().matmul(weight.value).exp().sum()
                    }
                    return gradients[0].squared().sum()
                }
            }
            try loss.backward()
            return try #require(weight.gradient)
        }
        let (half, full) = (try penalty(Self.bfloat16), try penalty(nil))
        #expect(half.dtype == .float32)
        // Four roundings of 2⁻⁸ of the largest.
        let (error, largest) = (try (half - full).abs().max().item(), try full.abs().max().item())
        #expect(error <= largest * 4 / 256)
    }

    @Test func ownGradientsRunUnderThePolicyOfTheirFunction() throws {
        let weight = Parameter(numbers(3, 3))
        let loss = try withTensorErrors {
            withPrecision(Self.bfloat16) {
                customGradient([numbers(2, 3), weight.value]) {
                    $0[0].matmul($0[1])
                } gradient: { upstream, inputs, _ in
                    [upstream.matmul(inputs[1].transposed()), inputs[0].transposed().matmul(upstream)]
                }.sum()
            }
        }
        try loss.backward()
        #expect(weight.gradient?.dtype == .float32)
    }

    @Test func errorsNameTheTypesAfterThePolicy() throws {
        let mixed = #expect(throws: TensorError.self) {
            try withTensorErrors {
                withPrecision(Self.bfloat16) { numbers(2, 2).matmul(numbers(2, 2, dtype: .float64)) }
            }
        }
        #expect(mixed?.what == "types bfloat16 and float64 differ")
        let large = #expect(throws: TensorError.self) {
            try withTensorErrors {
                detectingAnomalies {
                    withPrecision(PrecisionPolicy(.float16)) {
                        Tensor([[300.0]]).matmul(Tensor([[300.0]]))
                    }
                }
            }
        }
        #expect(large?.operation == "matmul")
        #expect(large?.what == "the result of float16 holds an infinity, its inputs are finite")
    }
}
