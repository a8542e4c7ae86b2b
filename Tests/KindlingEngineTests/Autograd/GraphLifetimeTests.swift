// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// Depth, memory and threads.
@Suite(.serialized) struct GraphLifetimeTests {
    /// A chain of operations and of views, far deeper than a stack.
    enum Link: CaseIterable, Sendable {
        case operation, view, both

        func apply(_ x: Tensor) -> Tensor {
            switch self {
            case .operation: x + 0.0
            case .view: x.transposed()
            case .both: (x + 0.0).reshaped(to: x.shape == [1, 1] ? [1] : [1, 1])
            }
        }
    }

    @Test(arguments: Link.allCases) func longChainsGoBackwardAndAway(_ link: Link) throws {
        let weight = Parameter(Tensor([[2.0]]))
        for isUsed in [true, false] {
            var y = weight.value
            for _ in 0..<100_000 { y = link.apply(y) }
            if isUsed { try y.sum().backward() }
        }
        try expectEqual(try #require(weight.gradient), Tensor([[1.0]]))
    }

    @Test func memoryStaysFlatOverTenThousandSteps() throws {
        let weights = [Parameter(.ones([8, 4])), Parameter(.ones([8])), Parameter(.ones([3, 8]))]
        let x = Tensor.ones([2048, 4])
        let classes = Tensor([Int](repeating: 1, count: 2048))
        func step() throws {
            let hidden = x.linear(weight: weights[0].value, bias: weights[1].value).gelu()
            let loss = hidden.linear(weight: weights[2].value, bias: nil).crossEntropyRows(classes).mean()
            try loss.backward()
            for weight in weights {
                guard let gradient = weight.gradient else { continue }
                weight.value = noGrad { weight.value - gradient * 0.01 }
                weight.gradient = nil
            }
        }
        for _ in 0..<1000 { try step() }
        let before = try residentBytes()
        for _ in 0..<10_000 { try step() }
        let after = try residentBytes()
        // A leak of one hidden layer a step would be 640 MB; other tests, which run meanwhile, take less than half.
        #expect(after - before < 256 << 20, "\((after - before) >> 20) MiB more")
        #expect(abs(try weights[2].value.sum().item()) < 100)
    }

    private func residentBytes() throws -> Int {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return try #require(Int(fields[1])) * 4096
    }

    @Test func tasksShareLeavesAndAGraph() async throws {
        let weight = Parameter(.ones([64], dtype: .float64))
        let shared = weight.value
        let deep = shared.exp().log()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<50 {
                        do {
                            try (shared * 2.0).sum().backward()
                            try deep.sum().backward(keepingGraph: true)
                            let own = try gradient(at: [shared]) { $0[0].squared().sum() }
                            try expectEqual(own[0], .full([64], 2, dtype: .float64))
                        } catch { Issue.record(error) }
                    }
                }
            }
        }
        try expectClose(try #require(weight.gradient), .full([64], 1200, dtype: .float64), tolerance: 1e-12)
    }
}
