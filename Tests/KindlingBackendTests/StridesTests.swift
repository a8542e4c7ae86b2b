// SPDX-License-Identifier: Apache-2.0

import KindlingBackend
import Testing

@Suite struct StridesTests {
    @Test func rowMajorIsNumPysOrder() throws {
        for row in try fixture("vocabulary.json", as: VocabularyFixture.self).strides {
            #expect(steps(Strides(rowMajor: Shape(row.shape)), row.shape.count) == row.strides)
        }
    }

    @Test func channelsLastPutsChannelsInnermost() {
        #expect(steps(Strides(channelsLast: [2, 3, 4, 5]), 4) == [60, 1, 15, 3])
        #expect(steps(Strides(channelsLast: [2, 3, 4]), 3) == [12, 1, 3])
        #expect(steps(Strides(channelsLast: [2, 3]), 2) == [3, 1])
    }

    @Test func emptyAxesDoNotMakeStepsZero() {
        #expect(steps(Strides(rowMajor: [2, 0, 3]), 3) == [3, 3, 1])
    }

    @Test func axesOfSizeOneDoNotMatter() {
        var strides = Strides(rowMajor: [4, 1, 3])
        strides[1] = 77
        #expect(strides.isRowMajor(for: [4, 1, 3]))
        #expect(!strides.isRowMajor(for: [4, 2, 3]))
    }

    @Test func gapsAndBroadcastsAreNotRowMajor() {
        var strides = Strides(rowMajor: [4, 3])
        strides[0] = 4
        #expect(!strides.isRowMajor(for: [4, 3]))
        #expect(!Strides().isRowMajor(for: [4, 3]))
        #expect(Strides().isRowMajor(for: [1, 1]))
        #expect(Strides().isRowMajor(for: []))
    }

    @Test func nothingIsAlwaysRowMajor() {
        #expect(Strides(channelsLast: [0, 3, 4, 4]).isRowMajor(for: [0, 3, 4, 4]))
    }

    @Test func onePixelIsInBothOrders() {
        let strides = Strides(rowMajor: [2, 5, 1, 1])
        #expect(strides.isRowMajor(for: [2, 5, 1, 1]))
        #expect(strides.isChannelsLast(for: [2, 5, 1, 1]))
        #expect(!Strides(rowMajor: [2, 5, 4, 4]).isChannelsLast(for: [2, 5, 4, 4]))
        #expect(!Strides(rowMajor: [2, 5]).isChannelsLast(for: [2, 5]))
    }

    private func steps(_ strides: Strides, _ rank: Int) -> [Int] { (0..<rank).map { strides[$0] } }
}
