// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Every function in each arithmetic that it has a meaning in, over all layouts.
    static let elementwiseCases: [BackendCase] = ScalarFunction.allCases.flatMap { function in
        var cases = [DType.float32, .float64].map { dtype in
            BackendCase("elementwise \(function) \(dtype.name)") { realCalls(function, dtype) }
        }
        cases.append(BackendCase("elementwise \(function) 16-bit") { shortCalls(function) })
        if let domains = function.wholeDomains {
            cases.append(BackendCase("elementwise \(function) integers") { wholeCalls(function, domains) })
        }
        return cases
    }

    private static func realCalls(_ function: ScalarFunction, _ dtype: DType) -> [BackendCall] {
        let domains = function.realDomains(tiny: dtype.leastNormal / 8)
        let output = function.isPredicate ? DType.bool : dtype
        return [specialCall(function, domains, dtype)]
            + ElementwiseLayouts.all.map { call(function, domains, dtype, $0, to: output) }
    }

    private static func shortCalls(_ function: ScalarFunction) -> [BackendCall] {
        [DType.float16, .bfloat16].flatMap { dtype in
            let domains = function.realDomains(tiny: dtype.leastNormal * 2)
            return [specialCall(function, domains, dtype)]
                + ElementwiseLayouts.all.suffix(6).map { call(function, domains, dtype, $0, to: dtype) }
        }
    }

    private static func call(
        _ function: ScalarFunction, _ domains: [ArgumentDomain], _ dtype: DType, _ layouts: ElementwiseLayouts,
        to output: DType
    ) -> BackendCall {
        let inputs = domains.enumerated().map { number, domain in
            TensorSample.input(
                dtype, layouts.shape, layouts.inputs[number],
                .uniform(domain.low, domain.high, seed: UInt64(function.rawValue) * 4 + UInt64(number)))
        }
        return BackendCall(
            .elementwise(ScalarProgram(function), dtype.arithmetic), inputs,
            to: [.output(output, layouts.shape, layouts.output)], within: .ulps(function.ulps))
    }

    /// Every combination of the special numbers.
    private static func specialCall(
        _ function: ScalarFunction, _ domains: [ArgumentDomain], _ dtype: DType
    ) -> BackendCall {
        let count = domains.map(\.specials.count).reduce(1, *)
        var step = 1
        let inputs = domains.map { domain in
            let numbers = (0..<count).map { domain.specials[$0 / step % domain.specials.count] }
            step *= domain.specials.count
            return TensorSample.input(dtype, [count], .rowMajor, .listed(numbers))
        }
        return BackendCall(
            .elementwise(ScalarProgram(function), dtype.arithmetic), inputs, to: [.output(dtype, [count])],
            within: .ulps(function.ulps))
    }

    private static func wholeCalls(_ function: ScalarFunction, _ domains: [ClosedRange<Int>]) -> [BackendCall] {
        let program = KernelRequest.elementwise(ScalarProgram(function), .int64)
        var calls: [BackendCall] = []
        for (dtype, layouts) in [(DType.int64, ElementwiseLayouts.all), (.int32, ElementwiseLayouts.all.suffix(4))] {
            for layout in layouts {
                let inputs = domains.enumerated().map { number, domain in
                    TensorSample.input(
                        dtype, layout.shape, layout.inputs[number],
                        .whole(domain.lowerBound, domain.upperBound, seed: UInt64(7 * number) + 1))
                }
                let output = function.isPredicate ? DType.bool : dtype
                calls.append(
                    BackendCall(
                        program, inputs, to: [.output(output, layout.shape, layout.output)], within: .exact))
            }
        }
        for dtype in [DType.uint8, .bool] {
            let inputs = domains.enumerated().map { number, domain in
                TensorSample.input(
                    dtype, [77], .rowMajor, .whole(max(0, domain.lowerBound), domain.upperBound, seed: UInt64(number)))
            }
            let avoidsZero = function == .divide || function == .remainder
            if dtype == .uint8 || !avoidsZero {
                calls.append(BackendCall(program, inputs, to: [.output(.int64, [77])], within: .exact))
            }
        }
        return calls
    }
}
