// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingCPU
import Testing

@Suite struct FunctionNumbersTests {
    @Test func opcodesOfTheKernelsAreTheContracts() {
        let ours = ScalarFunction.allCases.map { "\($0.rawValue) \($0) \($0.arity)" }
        let kernels = ScalarFunction.allCases.indices.map {
            "\($0) \(KernelSettings.functionName($0) ?? "none") \(KernelSettings.functionArity($0))"
        }
        #expect(ours == kernels)
        #expect(KernelSettings.functionName(ScalarFunction.allCases.count) == nil)
    }
}
