// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingCPU
import Testing

extension KernelSettingsTests {
    @Suite struct HalfConversionTests {
        private func convert<From: BitwiseCopyable, To: BitwiseCopyable>(
            _ values: [From], _ from: DType, to: DType, as: To.Type
        ) throws -> [To] {
            let input = try TestTensor(from, [values.count], values)
            let output = try TestTensor<To>(to, [values.count])
            try execute(.copy, [input.operand], [output.operand])
            return output.elements
        }

        @Test(arguments: instructionSets)
        func everyFloat16WidensExactly(instructionSet: String) throws {
            guard KernelSettings.use(instructionSet: instructionSet) else { return }
            defer { _ = KernelSettings.use(instructionSet: nil) }
            let patterns = (0...UInt16.max).map { $0 }
            let widened = try convert(patterns, .float16, to: .float32, as: Float.self)
            let wrong = patterns.filter { pattern in
                let value = widened[Int(pattern)], expected = Float(Float16(bitPattern: pattern))
                return value != expected && !(value.isNaN && expected.isNaN)
            }
            #expect(wrong.prefix(8) == [])
            let narrowed = try convert(widened, .float32, to: .float16, as: UInt16.self)
            let changed = patterns.filter { !Float16(bitPattern: $0).isNaN && narrowed[Int($0)] != $0 }
            #expect(changed.prefix(8) == [])
        }

        @Test(arguments: instructionSets)
        func roundingIsToNearestEven(instructionSet: String) throws {
            guard KernelSettings.use(instructionSet: instructionSet) else { return }
            defer { _ = KernelSettings.use(instructionSet: nil) }
            // Around the middle between each two neighbours, and the middle itself.
            var values: [Float] = []
            for pattern in UInt16(0)..<0x7c00 {
                let low = Float(Float16(bitPattern: pattern))
                let high = pattern == 0x7bff ? 65536 : Float(Float16(bitPattern: pattern + 1))
                let middle = (low + high) / 2
                values += [middle.nextDown, middle, middle.nextUp, -middle]
            }
            let narrowed = try convert(values, .float32, to: .float16, as: UInt16.self)
            let off = values.indices.filter { narrowed[$0] != Float16(values[$0]).bitPattern }
            #expect(off.prefix(8) == [])
            let above = values.map { Double($0) * (1 + 0x1p-50) }
            let doubles = try convert(above, .float64, to: .float16, as: UInt16.self)
            let doublesOff = above.indices.filter { doubles[$0] != Float16(above[$0]).bitPattern }
            #expect(doublesOff.prefix(8) == [])
        }

        @Test(arguments: instructionSets)
        func bfloat16RoundsToNearestEven(instructionSet: String) throws {
            guard KernelSettings.use(instructionSet: instructionSet) else { return }
            defer { _ = KernelSettings.use(instructionSet: nil) }
            let values: [UInt32] = [
                0x3f80_0000, 0x3f80_8000, 0x3f80_8001, 0x3f81_8000, 0x3f80_7fff, 0x7f7f_ffff, 0x0000_8000, 0x0001_8000,
                0x8000_8001, 0x7f80_0000, 0xff80_0000,
            ]
            let rounded = try convert(values, .float32, to: .bfloat16, as: UInt16.self)
            #expect(
                rounded == [
                    0x3f80, 0x3f80, 0x3f81, 0x3f82, 0x3f80, 0x7f80, 0x0000, 0x0002, 0x8001, 0x7f80, 0xff80,
                ])
        }
    }
}
