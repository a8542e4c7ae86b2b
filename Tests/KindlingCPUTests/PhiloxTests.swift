// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingCPU
import Testing

/// The known answers for Philox4x32-10 that its authors publish with Random123.
@Suite struct PhiloxTests {
    @Test func zeroCounterAndKeyGiveTheKnownWords() {
        #expect(
            KernelSettings.philoxWords(key: 0, stream: 0, block: 0) == [
                0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8,
            ])
    }

    @Test func fullCounterAndKeyGiveTheKnownWords() {
        #expect(
            KernelSettings.philoxWords(key: .max, stream: .max, block: .max) == [
                0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd,
            ])
    }

    @Test func digitsOfPiGiveTheKnownWords() {
        #expect(
            KernelSettings.philoxWords(
                key: 0x299f_31d0_a409_3822, stream: 0x0370_7344_1319_8a2e, block: 0x85a3_08d3_243f_6a88) == [
                    0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1,
                ])
    }

    @Test func uniformNumbersAreTheUpper24BitsOfTheWords() throws {
        let output = try TestTensor<Float>(.float32, [5])
        try execute(.random(RandomFill(.uniform(low: 0, high: 1), key: 0, stream: 0)), [], [output.operand])
        let next = KernelSettings.philoxWords(key: 0, stream: 0, block: 1)
        let words: [UInt32] = [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8, next[0]]
        #expect(output.elements == words.map { Float($0 >> 8) * 0x1p-24 })
    }
}
