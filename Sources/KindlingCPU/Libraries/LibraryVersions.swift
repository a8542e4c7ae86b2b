// SPDX-License-Identifier: Apache-2.0
internal import CBLAS
internal import COneDNN

/// Which mathematical libraries the CPU backend runs on, for `kindling doctor`.
public struct LibraryVersions: Sendable, Hashable, CustomStringConvertible {
    /// How OpenBLAS was built: `OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH … MAX_THREADS=64`.
    public let openBLASConfiguration: String
    /// The processor whose kernels OpenBLAS uses: `Cooperlake`.
    public let openBLASCore: String
    /// oneDNN's version: `2.6.3`.
    public let oneDNNVersion: String
    /// The widest instruction set that oneDNN uses on this processor: `avx512_core_bf16`.
    public let oneDNNInstructionSet: String

    /// What the libraries of this process say about themselves.
    public static var current: LibraryVersions {
        LibraryVersions(
            openBLASConfiguration: text(openblas_get_config()), openBLASCore: text(openblas_get_corename()),
            oneDNNVersion: oneDNNVersion(), oneDNNInstructionSet: name(dnnl_get_effective_cpu_isa()))
    }

    /// Two lines, one a library.
    public var description: String {
        """
        oneDNN \(oneDNNVersion), kernels for \(oneDNNInstructionSet)
        \(openBLASConfiguration), kernels for \(openBLASCore), one thread
        """
    }

    private static func text(_ characters: UnsafePointer<CChar>?) -> String {
        characters.map { String(cString: $0) }?.trimmingSpaces() ?? "unknown"
    }

    private static func oneDNNVersion() -> String {
        guard let version = dnnl_version() else { return "unknown" }
        return "\(version.pointee.major).\(version.pointee.minor).\(version.pointee.patch)"
    }

    private static func name(_ isa: dnnl_cpu_isa_t) -> String {
        switch isa {
        case dnnl_cpu_isa_sse41: "sse4.1"
        case dnnl_cpu_isa_avx: "avx"
        case dnnl_cpu_isa_avx2: "avx2"
        case dnnl_cpu_isa_avx2_vnni: "avx2_vnni"
        case dnnl_cpu_isa_avx512_mic: "avx512_mic"
        case dnnl_cpu_isa_avx512_mic_4ops: "avx512_mic_4ops"
        case dnnl_cpu_isa_avx512_core: "avx512_core"
        case dnnl_cpu_isa_avx512_core_vnni: "avx512_core_vnni"
        case dnnl_cpu_isa_avx512_core_bf16: "avx512_core_bf16"
        case dnnl_cpu_isa_avx512_core_amx: "avx512_core_amx"
        default: "set 0x\(String(isa.rawValue, radix: 16))"
        }
    }
}

extension String {
    /// Without spaces at either end, which OpenBLAS leaves behind.
    fileprivate func trimmingSpaces() -> String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
