// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// Every row with inputs that it was not made for: whatever comes, it is a tensor or a `TensorError`.
///
/// A trap would end the whole run, so passing is the proof that there is none.
@Suite struct WrongInputTests {
    typealias Damage = (name: String, apply: @Sendable (Tensor) -> Tensor)

    /// What is done to one input, the others left as they were.
    static let damages: [Damage] = given + huge + types

    private static let given: [Damage] = [
        ("a scalar", { .zeros([], dtype: $0.dtype) }),
        ("nothing", { .zeros([0], dtype: $0.dtype) }),
        (
            "no samples",
            {
                var shape = $0.shape
                if shape.rank > 0 { shape[0] = 0 }
                return .zeros(shape, dtype: $0.dtype)
            }
        ),
        ("an axis more", { .zeros($0.shape.rank < 8 ? $0.shape.appending(2) : [], dtype: $0.dtype) }),
        (
            "a longer last axis",
            {
                var shape = $0.shape
                if shape.rank > 0 { shape[shape.rank - 1] += 1 }
                return .zeros(shape, dtype: $0.dtype)
            }
        ),
        ("eight axes", { .zeros([1, 2, 1, 1, 2, 1, 1, 1], dtype: $0.dtype) }),
        ("not a number", { .full($0.shape, .nan, dtype: $0.dtype) }),
        ("infinity", { .full($0.shape, .infinity, dtype: $0.dtype) }),
        ("the largest numbers", { $0.dtype == .int64 ? .full($0.shape, 0x1p62, dtype: .int64) : $0 * 1e300 }),
        ("the smallest numbers", { $0.dtype == .int64 ? .full($0.shape, -0x1p62, dtype: .int64) : $0 * -1e300 }),
        ("no device", { .zeros($0.shape, dtype: $0.dtype, on: .meta) }),
        (
            "2³¹ rows",
            {
                var shape = $0.shape
                if shape.rank > 0 { shape[0] = 1 << 31 }
                return .zeros(shape, dtype: $0.dtype, on: .meta)
            }
        ),
        ("the result of what failed", { Tensor.zeros($0.shape, dtype: $0.dtype).reshaped(to: [7, 11, 13]) }),
        ("nine axes", { .zeros([1, 1, 1, 1, 1, 1, 1, 1, 1], dtype: $0.dtype) }),
    ]

    private static let huge: [Damage] = [
        ("rows beyond all memory", { grown($0, axis: 0, to: 1 << 50) }),
        ("columns beyond all memory", { grown($0, axis: $0.rank - 1, to: 1 << 50) }),
        ("the most columns that can be counted", { grown($0, axis: $0.rank - 1, to: Int.max >> 4) }),
    ]

    private static let types: [Damage] = DType.allCases.map { dtype in (dtype.name, { $0.converted(to: dtype) }) }

    /// Zeros of a shape with an axis of another size; one number in memory.
    private static func grown(_ like: Tensor, axis: Int, to size: Int) -> Tensor {
        var shape = like.shape
        if shape.rank > 0 { shape[axis] = size }
        return Tensor.zeros([], dtype: like.dtype).expanded(to: shape)
    }

    func inputs(_ row: OpCase) throws -> [Tensor] {
        try #require(OperationFixture.all[row.description]).inputs.map { try $0.tensor() }
    }

    /// What came of it: nil for a tensor.
    func outcome(_ body: () throws -> Tensor) throws -> TensorError? {
        do {
            _ = try withTensorErrors(body)
            return nil
        } catch let error as TensorError {
            return error
        }
    }

    /// Value and gradient of a row with one input damaged.
    func damage(_ row: OpCase, _ good: [Tensor], _ place: Int, _ damage: Damage) throws {
        // The damage itself may be the mistake.
        let error = try outcome {
            var wrong = good
            wrong[place] = damage.apply(good[place])
            _ = row.apply(wrong)
            let places = wrong.indices.filter { wrong[$0].dtype.isFloatingPoint && wrong[$0].device == .cpu }
            guard row.smoothness != .none, !places.isEmpty else { return wrong[place] }
            return try gradient(at: places.map { wrong[$0] }) { moved in
                var all = wrong
                for (place, tensor) in zip(places, moved) { all[place] = tensor }
                return row.apply(all).sum()
            }[0]
        }
        guard var error else { return }
        error.location = ""
        #expect(!error.operation.isEmpty && !error.what.isEmpty, "\(row), input \(place), \(damage.name)")
    }

    @Test(arguments: OpCase.all) func wrongInputsNeverTrap(_ row: OpCase) throws {
        let good = try inputs(row)
        for place in good.indices {
            for wrong in Self.damages { try damage(row, good, place, wrong) }
        }
    }

    @Test(arguments: OpCase.all) func hugeShapesAreOnlyShapesOnMeta(_ row: OpCase) throws {
        let good = try inputs(row)
        for size in [1 << 21, 1 << 31, 1 << 40, Int.max >> 6] {
            for last in [false, true] {
                let huge = good.map { input -> Tensor in
                    var shape = input.shape
                    if shape.rank > 0 { shape[last ? shape.rank - 1 : 0] = size }
                    return .zeros(shape.isValid ? shape : [size], dtype: input.dtype, on: .meta)
                }
                _ = try outcome { withDevice(.meta) { row.apply(huge) } }
            }
        }
    }
}
