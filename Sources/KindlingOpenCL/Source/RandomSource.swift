// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Writes the kernels of ``RandomFill``.
///
/// Philox4x32-10 (Salmon et al. 2011), then the distribution.
struct RandomSource {
    enum Kind: UInt8 {
        case uniform, normal, bernoulli
    }

    let kind: Kind
    let dtype: DType

    private var isDouble: Bool { dtype == .float64 }
    private var arithmetic: Arithmetic { isDouble ? .float64 : .float32 }

    /// Integers are what lies below, for negative numbers too.
    private var floors: Bool { !dtype.isFloatingPoint && dtype != .bool }

    var text: String {
        let elements = isDouble ? 2 : 4
        let store = ElementSource.store(dtype, arithmetic, "p0", "o0 + first + e", floors ? "floor(x[e])" : "x[e]")
        return ElementSource.preamble([dtype], arithmetic) + Self.philox + """
            __kernel void \(ProgramCache.kernelName)(__global \(ElementSource.name(of: dtype))* p0, const long o0,
                    const long count, const ulong key, const ulong stream, const REAL a, const REAL b) {
                const long block = get_global_id(0), first = block * \(elements);
                if (first >= count) return;
                const uint4 word = philox((uint4)((uint)block, (uint)(block >> 32), (uint)stream, (uint)(stream >> 32)),
                                          (uint2)((uint)key, (uint)(key >> 32)));
                REAL x[\(elements)];
            \(uniforms)\(distribution(elements))\
                for (int e = 0; e < \(elements); e++) if (first + e < count) { \(store) }
            }

            """
    }

    private var uniforms: String {
        isDouble
            ? """
                x[0] = (double)((((ulong)word.x << 32) | word.y) >> 11) * 0x1.0p-53;
                x[1] = (double)((((ulong)word.z << 32) | word.w) >> 11) * 0x1.0p-53;

            """
            : """
                x[0] = (float)(word.x >> 8) * 0x1.0p-24f;
                x[1] = (float)(word.y >> 8) * 0x1.0p-24f;
                x[2] = (float)(word.z >> 8) * 0x1.0p-24f;
                x[3] = (float)(word.w >> 8) * 0x1.0p-24f;

            """
    }

    private func distribution(_ elements: Int) -> String {
        switch kind {
        case .uniform: "    for (int e = 0; e < \(elements); e++) x[e] = a + (b - a) * x[e];\n"
        case .bernoulli: "    for (int e = 0; e < \(elements); e++) x[e] = x[e] < a ? (REAL)1 : (REAL)0;\n"
        case .normal:
            """
                for (int e = 0; e < \(elements); e += 2) {
                    const REAL radius = sqrt((REAL)-2 * log((REAL)1 - x[e]));
                    const REAL angle = (REAL)\(isDouble ? "6.283185307179586" : "6.2831855f") * x[e + 1];
                    x[e] = a + b * (radius * cos(angle));
                    x[e + 1] = a + b * (radius * sin(angle));
                }

            """
        }
    }

    private static let philox = """
        uint4 philox(uint4 counter, uint2 key) {
            for (int round = 0; round < 10; round++) {
                const uint high0 = mul_hi(0xD2511F53u, counter.x), low0 = 0xD2511F53u * counter.x;
                const uint high1 = mul_hi(0xCD9E8D57u, counter.z), low1 = 0xCD9E8D57u * counter.z;
                counter = (uint4)(high1 ^ counter.y ^ key.x, low1, high0 ^ counter.w ^ key.y, low0);
                key += (uint2)(0x9E3779B9u, 0xBB67AE85u);
            }
            return counter;
        }

        """
}
