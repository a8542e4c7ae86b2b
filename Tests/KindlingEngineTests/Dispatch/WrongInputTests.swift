// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// The first families of operations with inputs that it was not made for: whatever comes, it is a tensor or a `TensorError`.
///
/// A trap would end the whole run, so passing is the proof that there is none.
@Suite struct WrongInputTests {
    /// What is done to one input, the others left as they were.
    private static let damages: [(name: String, apply: @Sendable (Tensor) -> Tensor)] = [
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
        ("truth values", { $0.converted(to: .bool) }), ("bytes", { $0.converted(to: .uint8) }),
        ("whole numbers", { $0.converted(to: .int64) }), ("real numbers", { $0.converted(to: .float32) }),
        ("bfloat16", { $0.converted(to: .bfloat16) }),
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
    ]

    /// One row of each operation: rows of one operation share their checks, and each takes some hundred mistakes.
    private static let rows = [
        OpCase.elementwise, OpCase.withNumbers, OpCase.binary, OpCase.reductions, OpCase.shapes, OpCase.products,
        OpCase.pictures, OpCase.rows,
    ].joined().reduce(into: [OpCase]()) { rows, row in
        if !rows.contains(where: { $0.operation == row.operation }) { rows.append(row) }
    }

    private func inputs(_ row: OpCase) throws -> [Tensor] {
        try #require(OperationFixture.all[row.description]).inputs.map { try $0.tensor() }
    }

    /// What came of it: nil for a tensor.
    private func outcome(_ body: () throws -> Tensor) throws -> TensorError? {
        do {
            _ = try withTensorErrors(body)
            return nil
        } catch let error as TensorError {
            return error
        }
    }

    @Test(arguments: rows) func wrongInputsNeverTrap(_ row: OpCase) throws {
        let good = try inputs(row)
        for place in good.indices {
            for damage in Self.damages {
                var wrong = good
                wrong[place] = damage.apply(good[place])
                if var error = try outcome({ row.apply(wrong) }) {
                    error.location = ""
                    #expect(!error.operation.isEmpty && !error.what.isEmpty, "\(row), input \(place), \(damage.name)")
                }
            }
        }
    }

    @Test(arguments: rows) func hugeShapesAreOnlyShapesOnMeta(_ row: OpCase) throws {
        let good = try inputs(row)
        for size in [1 << 20, 1 << 31, 1 << 40] {
            let huge = good.map { input -> Tensor in
                var shape = input.shape
                if shape.rank > 0 { shape[0] = size }
                return .zeros(shape, dtype: input.dtype, on: .meta)
            }
            _ = try outcome { withDevice(.meta) { row.apply(huge) } }
        }
    }

    @Test(arguments: rows.filter { $0.smoothness != .none }) func gradientsOfWrongInputsNeverTrap(_ row: OpCase) throws
    {
        let good = try inputs(row)
        for place in good.indices {
            for damage in Self.damages {
                var wrong = good
                wrong[place] = damage.apply(good[place])
                let places = wrong.indices.filter { wrong[$0].dtype.isFloatingPoint && wrong[$0].device == .cpu }
                guard !places.isEmpty else { continue }
                _ = try outcome {
                    try gradient(at: places.map { wrong[$0] }) { moved in
                        var all = wrong
                        for (place, tensor) in zip(places, moved) { all[place] = tensor }
                        return row.apply(all).sum()
                    }[0]
                }
            }
        }
    }
}
