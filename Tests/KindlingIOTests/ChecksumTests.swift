// SPDX-License-Identifier: Apache-2.0
import KindlingIO
import Testing

/// Values from xxHash's own documentation and test vectors.
@Suite struct ChecksumTests {
    @Test(
        arguments: [
            ("", 0, "ef46db3751d8e999"), ("a", 0, "d24ec4f1a98c6e5b"), ("abc", 0, "44bc2cf5ad770999"),
            ("xxhash", 20_141_025, "b559b98d844e0635"),
            ("Nobody inspects the spammish repetition", 0, "fbcea83c8a378bf1"),
        ] as [(String, UInt64, String)])
    func isXXH64(text: String, seed: UInt64, expected: String) {
        #expect(Checksum.hexadecimal(Checksum.of(text, seed: seed)) == expected)
    }

    @Test func doesNotDependOnHowBytesAreSplit() {
        let bytes = (0..<301).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let whole = bytes.withUnsafeBytes { Checksum.of($0, seed: 5) }
        for size in 1...70 {
            var checksum = Checksum(seed: 5)
            bytes.withUnsafeBytes { raw in
                for start in stride(from: 0, to: raw.count, by: size) {
                    checksum.update(UnsafeRawBufferPointer(rebasing: raw[start..<min(raw.count, start + size)]))
                }
            }
            #expect(checksum.value == whole, "pieces of \(size)")
        }
    }
}
