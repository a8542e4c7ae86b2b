// SPDX-License-Identifier: Apache-2.0
import Glibc
import KindlingBackend
import KindlingEngine
import Testing

/// An error names the line that made it, and taking that note never hurts the program.
@Suite struct CallSiteTests {
    private func mistake() -> TensorError? {
        do {
            try withTensorErrors { _ = Tensor.ones([2, 3]).matmul(Tensor.ones([2, 3])) }
            return nil
        } catch { return error as? TensorError }
    }

    @Test func errorsAreMadeAndPlacedWhileMemoryComesAndGoes() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<2_000 {
                        let page = mmap(nil, 1 << 16, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                        munmap(page, 1 << 16)
                    }
                }
                group.addTask {
                    for _ in 0..<500 { #expect(mistake() != nil) }
                    for _ in 0..<5 { #expect(mistake()?.location.hasPrefix("CallSiteTests.swift:") == true) }
                }
            }
        }
    }

    @Test func mistakeInsideOurOwnCodeIsPlacedAtWhoCalledIt() {
        var line = 0
        var found: TensorError?
        do {
            line = #line + 1
            _ = try jacobian(at: Tensor([1.0, 2.0])) { _ in Tensor.ones([3]).reshaped(to: [2]) }
        } catch { found = error as? TensorError }
        #expect(found?.location == "CallSiteTests.swift:\(line)")
    }
}
