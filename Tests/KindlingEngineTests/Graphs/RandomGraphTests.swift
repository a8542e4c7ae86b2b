// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import ReferenceBackend
import Testing

/// Operations in the company of others: a thousand random graphs against PyTorch, value and every leaf's gradient.
@Suite struct RandomGraphTests {
    /// What a type may be off: a part of the number itself and a part of its tensor's largest.
    private struct Allowance {
        let relative: Double
        let ofLargest: Double

        static let float64 = Allowance(relative: 1e-6, ofLargest: 1e-8)
        /// Sums of terms that cancel are off by the rounding of the terms, which the largest gradient stands for.
        static let float32 = Allowance(relative: 1e-4, ofLargest: 1e-4)

        /// Which element is too far off, in words, or nil.
        func objection(_ found: [Double], _ wanted: [Double]) -> String? {
            guard found.count == wanted.count else { return "\(found.count) elements, not \(wanted.count)" }
            let largest = wanted.reduce(1) { max($0, abs($1)) }
            let bad = found.indices.first {
                !(abs(found[$0] - wanted[$0]) <= relative * abs(wanted[$0]) + ofLargest * largest)
            }
            return bad.map { "element \($0) is \(found[$0]), not \(wanted[$0])" }
        }
    }

    /// What is wrong with a graph's numbers in a type; empty when nothing is.
    private func objections(_ number: Int, _ dtype: DType, _ allowance: Allowance) throws -> [String] {
        let graph = RandomGraph.all[number]
        let leaves = try graph.leaves(graph: number, dtype: dtype)
        let (value, gradients) = try valueAndGradient(at: leaves) { try graph.total($0) }
        guard gradients.count == graph.gradients.count, gradients.map(\.spec) == leaves.map(\.spec) else {
            return ["graph \(number): gradients \(gradients.map(\.spec)) of leaves \(leaves.map(\.spec))"]
        }
        var pairs = [("the value", [try value.item()], [graph.value])]
        for (leaf, gradient) in gradients.enumerated() {
            pairs.append(("the gradient by leaf \(leaf)", try gradient.array(of: Double.self), graph.gradients[leaf]))
        }
        return pairs.compactMap { name, found, wanted in
            allowance.objection(found, wanted).map { "graph \(number), \(dtype.name), \(name): \($0)" }
        }
    }

    private func expectNoObjections(_ numbers: some Sequence<Int>, _ dtype: DType, _ allowance: Allowance) throws {
        let found = try numbers.flatMap { number in
            do { return try objections(number, dtype, allowance) } catch let error as TensorError {
                return ["graph \(number), \(dtype.name): \(error)"]
            }
        }
        #expect(found.isEmpty, "\(found.count) objections, first: \(found.prefix(5).joined(separator: "; "))")
    }

    @Test func thereAreAThousandGraphs() {
        #expect(RandomGraph.all.count == 1000)
    }

    @Test func valueAndGradientsInFloat64ArePyTorchs() throws {
        try expectNoObjections(RandomGraph.all.indices, .float64, .float64)
    }

    @Test func valueAndGradientsInFloat32AreNear() throws {
        try expectNoObjections(RandomGraph.all.indices, .float32, .float32)
    }

    @Test func valueAndGradientsOnTheReferenceDeviceArePyTorchs() throws {
        try withDevice(OperationTests.reference) {
            try expectNoObjections(stride(from: 0, to: RandomGraph.all.count, by: 10), .float64, .float64)
        }
    }
}
