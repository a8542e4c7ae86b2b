// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// What tells one generated kernel from another, so that a kernel is found again without writing its source first.
struct KernelKey: Hashable {
    /// Which generator wrote it.
    enum Family: UInt8 {
        case elementwise, reduce, matmul, softmax, crossEntropy, gather, scatterAdd, random
    }

    private let family: Family
    private var words: [UInt32] = []

    init(_ family: Family) { self.family = family }

    mutating func add(_ value: some BinaryInteger) { words.append(UInt32(truncatingIfNeeded: value)) }

    mutating func add(_ dtype: DType) { add(dtype.rawValue) }

    mutating func add(_ flag: Bool) { add(flag ? 1 : 0) }

    mutating func add(_ instruction: ScalarProgram.Instruction) {
        let (function, a) = (UInt32(instruction.function.rawValue), UInt32(instruction.a))
        add(function << 24 | a << 16 | UInt32(instruction.b) << 8 | UInt32(instruction.c))
    }
}
