// SPDX-License-Identifier: Apache-2.0
internal import CKernels
public import KindlingBackend

extension CPUBackend {
    /// `2 threads (libgomp), avx512`.
    public var summary: String {
        "\(CPUBackend.threadCount) threads (\(kd_has_thread_pool() ? "libgomp" : "serial")), "
            + CPUBackend.instructionSet
    }

    /// bfloat16 where the processor multiplies it and oneDNN knows how, by AVX512-BF16 or AMX.
    public func accelerates(_ dtype: DType) -> Bool {
        let instructions = LibraryVersions.current.oneDNNInstructionSet
        return dtype == .bfloat16 && (instructions.hasSuffix("bf16") || instructions.hasSuffix("amx"))
    }

    /// How many threads work on a request: `KINDLING_NUM_THREADS`, else the processors that the process may use.
    public static var threadCount: Int { Int(kd_thread_count()) }

    /// The instruction set of the kernels in use, `baseline`, `avx2` or `avx512`; `KINDLING_ISA` forces one.
    public static var instructionSet: String { String(cString: kd_isa_name()) }
}
