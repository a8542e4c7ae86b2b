// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// Where the first NaN or infinity was made, and where in the program a mistake was.
@Suite struct AnomalyTests {
    private func error(_ body: () throws -> Void) -> TensorError? {
        do { try withTensorErrors { try detectingAnomalies(body) } } catch { return error as? TensorError }
        return nil
    }

    @Test func forwardAnomalyNamesTheOperationAndTheStep() {
        let found = error {
            _ = ForwardContext.run(.training, random: RandomStream(seed: 0), step: 12) {
                (Tensor([1.0, 0.0]).log() * 2.0).sum()
            }
        }
        #expect(found?.code == .notFinite)
        #expect(found?.operation == "log")
        #expect(found?.what == "the result holds an infinity at step 12, its inputs are finite")
    }

    @Test func backwardAnomalyNamesWhatWasDifferentiated() throws {
        let weight = Parameter(Tensor([0.0, 1.0]))
        let found = error { try weight.value.squareRoot().sum().backward() }
        #expect(found?.code == .notFinite)
        #expect(found?.what.contains("in the backward pass of squareRoot") == true, "\(String(describing: found))")
    }

    @Test func inputThatIsNotFiniteIsBlamed() {
        let x = Tensor([Double.nan, 1])
        let found = error { _ = x + 1.0 }
        #expect(found?.what == "its input 0 held a NaN or an infinity already")
    }

    @Test func nothingIsSaidOfFiniteNumbersOrOutside() throws {
        #expect(error { _ = (Tensor([1.0, 2.0]).log() + Tensor([1.0])).sum() } == nil)
        try withTensorErrors { _ = Tensor([0.0]).log() }
    }

    @Test func mistakeNamesTheLineThatMadeIt() {
        var line = 0
        var found: TensorError?
        do {
            try withTensorErrors {
                line = #line + 1
                _ = Tensor.ones([2, 3]).matmul(Tensor.ones([2, 3]))
            }
        } catch { found = error as? TensorError }
        #expect(found?.location == "AnomalyTests.swift:\(line)")
    }

    @Test func scopesAndContextsWait() async throws {
        await #expect(throws: TensorError.self) {
            try await withTensorErrors {
                await Task.yield()
                return await noGrad {
                    await Task.yield()
                    return Tensor.ones([2]) + Tensor.ones([3])
                }
            }
        }
        let phase = await ForwardContext.run(.training, random: RandomStream(seed: 0)) {
            await Task.yield()
            return ForwardContext.phase
        }
        #expect(phase == .training)
    }
}
