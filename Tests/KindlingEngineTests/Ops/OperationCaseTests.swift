// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// Every operation at more points than its row's: the same numbers in other orders, values and gradients in float32
/// against PyTorch's in float64.
@Suite struct OperationCaseTests {
    /// Relative to the value, or to the largest of its tensor where that is larger than 1: sums cancel.
    private let tolerance = 1e-4

    @Test func thereAreAsManyCasesAsPromised() {
        #expect(OperationFixture.variants.values.reduce(0) { $0 + $1.count } >= 1_500)
    }

    @Test(arguments: OpCase.all) func casesArePyTorchs(_ row: OpCase) throws {
        let fixture = try #require(OperationFixture.all[row.description])
        for (number, variant) in (OperationFixture.variants[row.description] ?? []).enumerated() {
            try withTensorErrors {
                let inputs = try zip(fixture.inputs, variant.orders).map { input, order -> Tensor in
                    guard let order else { return try input.tensor() }
                    let moved = order.map { input.values[$0] }
                    return Tensor(moved, shape: Shape(input.shape)).converted(to: .float32)
                }
                try compare(row.apply(inputs), variant.output, "\(row), case \(number)")
                guard let wanted = variant.gradients, row.smoothness != .none else { return }
                let places = inputs.indices.filter { wanted[$0] != nil }
                let found = try gradient(at: places.map { inputs[$0] }) { moved in
                    var all = inputs
                    for (place, tensor) in zip(places, moved) { all[place] = tensor }
                    return weighted(row.apply(all))
                }
                for (place, gradient) in zip(places, found) {
                    try compare(gradient, wanted[place] ?? [], "\(row), case \(number), gradient \(place)")
                }
            }
        }
    }

    private func compare(_ found: Tensor, _ wanted: [Double], _ name: String) throws {
        let found = try found.array(of: Double.self)
        try #require(found.count == wanted.count, "\(name)")
        let scale = max(1, wanted.map(abs).max() ?? 1)
        let worst = zip(found, wanted).map { abs($0 - $1) }.max() ?? 0
        #expect(worst <= tolerance * scale, "\(name): \(worst) apart, scale \(scale)")
    }
}
