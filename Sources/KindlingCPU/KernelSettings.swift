// SPDX-License-Identifier: Apache-2.0
internal import CKernels

/// What tests turn to see that results do not depend on it.
///
/// Process-wide.
package enum KernelSettings {
    /// Takes the kernels of an instruction set, nil for the best; false when the processor lacks it.
    package static func use(instructionSet: String?) -> Bool { kd_use_isa(instructionSet) }

    /// Takes so many threads, nil for the default.
    package static func use(threads: Int?) { kd_set_thread_count(Int32(threads ?? 0)) }

    /// The name of an opcode in the C kernels, nil past the last.
    package static func functionName(_ opcode: Int) -> String? {
        kd_function_name(Int32(opcode)).map { String(cString: $0) }
    }

    /// How many arguments an opcode takes in the C kernels.
    package static func functionArity(_ opcode: Int) -> Int { Int(kd_function_arity(Int32(opcode))) }

    /// The words of one Philox block.
    package static func philoxWords(key: UInt64, stream: UInt64, block: UInt64) -> [UInt32] {
        var words = [UInt32](repeating: 0, count: 4)
        kd_philox(key, stream, block, &words, 1)
        return words
    }
}
