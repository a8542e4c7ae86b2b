// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingEngine
import KindlingTesting
import ReferenceBackend
import Testing

/// Every operation against PyTorch, on the CPU and on the reference device.
@Suite struct OperationTests {
    static let reference = Device(ReferenceBackend())

    private func run(_ device: TestDevice, _ body: () throws -> Void) throws {
        try withDevice(device == .cpu ? .cpu : Self.reference) { try withTensorErrors(body) }
    }

    private func fixture(_ row: OpCase) throws -> OperationFixture {
        try #require(OperationFixture.all[row.description])
    }

    /// The same tensor with its elements in an order that is not row-major, where it has axes to exchange, and with others
    /// between them in memory, where it has axes at all.
    private func scattered(_ tensor: Tensor) -> Tensor {
        guard tensor.rank > 0 else {
            return .concatenated([tensor.flattened(), tensor.flattened()]).sliced(1..<2).reshaped(to: [])
        }
        let turned = tensor.transposed(0, -1)
        let doubled = Tensor.stacked([turned, turned], along: -1)
        return doubled.sliced(1..<2, along: -1).reshaped(to: turned.shape).transposed(0, -1)
    }

    @Test func everyRowHasAFixtureAndEveryFixtureARow() {
        #expect(Set(OpCase.all.map(\.description)) == Set(OperationFixture.all.keys))
        #expect(Set(OpCase.all.map(\.description)).count == OpCase.all.count)
    }

    @Test(arguments: OpCase.all, TestDevice.allCases)
    func valueIsPyTorchs(_ row: OpCase, _ device: TestDevice) throws {
        try run(device) {
            let fixture = try fixture(row)
            try expectClose(
                row.apply(try fixture.inputs.map { try $0.tensor() }), try fixture.output.tensor(), tolerance: 1e-9)
        }
    }

    @Test(arguments: OpCase.all, TestDevice.allCases)
    func valueDoesNotDependOnMemoryOrder(_ row: OpCase, _ device: TestDevice) throws {
        try run(device) {
            let fixture = try fixture(row)
            let inputs = try fixture.inputs.map { scattered(try $0.tensor()) }
            try expectClose(row.apply(inputs), try fixture.output.tensor(), tolerance: 1e-9)
        }
    }

    @Test(arguments: OpCase.all)
    func valueInFloat32IsNear(_ row: OpCase) throws {
        try run(.cpu) {
            let fixture = try fixture(row)
            let inputs = try fixture.inputs.map { try $0.tensor() }
                .map { $0.dtype == .float64 ? $0.converted(to: .float32) : $0 }
            let expected = try fixture.output.tensor()
            let wanted = expected.dtype == .float64 ? expected.converted(to: .float32) : expected
            // 500 x magnifies the rounding of x to float32.
            let tolerance = row.description == "softmax of large numbers" ? 1e-4 : 5e-6
            try expectClose(row.apply(inputs), wanted, tolerance: tolerance)
        }
    }

    @Test(arguments: OpCase.differentiable, TestDevice.allCases)
    func gradientIsPyTorchs(_ row: OpCase, _ device: TestDevice) throws {
        try run(device) {
            let fixture = try fixture(row)
            let wanted = try #require(fixture.gradients)
            for scatter in [false, true] {
                let inputs = try fixture.inputs.map { scatter ? scattered(try $0.tensor()) : try $0.tensor() }
                let places = inputs.indices.filter { inputs[$0].dtype == .float64 }
                let found = try gradient(at: places.map { inputs[$0] }) { moved in
                    var all = inputs
                    for (place, tensor) in zip(places, moved) { all[place] = tensor }
                    return weighted(row.apply(all))
                }
                for (place, gradient) in zip(places, found) {
                    try expectClose(gradient, try #require(wanted[place]).tensor(), tolerance: 1e-8)
                }
            }
        }
    }

    @Test(arguments: OpCase.smooth, TestDevice.allCases)
    func gradientAgreesWithDifferences(_ row: OpCase, _ device: TestDevice) throws {
        try run(device) {
            let inputs = try fixture(row).inputs.map { try $0.tensor() }
            try GradientCheck().check(at: inputs, row.apply)
        }
    }

    @Test(arguments: OpCase.smooth, TestDevice.allCases)
    func gradientOfTheGradientAgreesWithDifferences(_ row: OpCase, _ device: TestDevice) throws {
        try run(device) {
            let inputs = try fixture(row).inputs.map { scattered(try $0.tensor()) }
            try GradientCheck(tolerance: 1e-5).checkSecondOrder(at: inputs, row.apply)
        }
    }

    @Test(arguments: DType.allCases, DType.allCases)
    func typesPromoteAsPyTorchs(_ left: DType, _ right: DType) throws {
        let table = try JSONDecoder().decode(
            [String: [String: String]].self, from: OperationFixture.data("promotion"))
        try withTensorErrors {
            let sum = Tensor.ones([2], dtype: left) * Tensor.ones([2], dtype: right)
            #expect(sum.dtype.name == table[left.name]?[right.name])
            try expectEqual(sum, .ones([2], dtype: sum.dtype))
            let quotient = Tensor.ones([2], dtype: left) / Tensor.ones([2], dtype: right)
            #expect(quotient.dtype == (sum.dtype.isFloatingPoint ? sum.dtype : .float32))
            #expect((Tensor.ones([2], dtype: left) + 1.5).dtype == (left.isFloatingPoint ? left : .float32))
            #expect((Tensor.ones([2], dtype: left) + 1).dtype == left)
        }
    }

    /// Pictures in channels-last order, as they come from image files, through pooling and back.
    @Test(arguments: TestDevice.allCases)
    func pooledChannelsLastPicturesHaveTheSameGradient(_ device: TestDevice) throws {
        try run(device) {
            let rowMajor = Tensor((0..<48).map { Double($0 * 29 % 48) }, shape: [1, 3, 4, 4])
            let turned = rowMajor.permuted(0, 2, 3, 1)
            let channelsLast = Tensor(try turned.array(of: Double.self), shape: turned.shape).permuted(0, 3, 1, 2)
            for pool in [{ $0.maxPooled(size: [2]) }, { $0.averagePooled(size: [2]) }] as [(Tensor) -> Tensor] {
                let wanted = try gradient(at: [rowMajor]) { weighted(pool($0[0])) }
                let found = try gradient(at: [channelsLast]) { weighted(pool($0[0])) }
                try expectClose(found[0], wanted[0], tolerance: 1e-12)
            }
        }
    }
}
