// SPDX-License-Identifier: Apache-2.0

import KindlingBackend
import Testing

@Suite struct WindowGeometryTests {
    /// Sizes as PyTorch's formula gives them: ⌊(n + p − d·(k − 1) − 1) / s⌋ + 1.
    @Test(arguments: [
        (28, 3, 1, 1, 1, 1, 28), (28, 3, 2, 1, 1, 1, 14), (7, 3, 1, 2, 0, 0, 3), (5, 5, 1, 1, 0, 0, 1),
        (4, 5, 1, 1, 0, 0, 0), (4, 5, 1, 1, 0, 1, 1), (10, 2, 3, 1, 0, 2, 4),
    ])
    func windowsFit(count: Int, size: Int, stride: Int, dilation: Int, before: Int, after: Int, windows: Int) {
        let geometry = WindowGeometry(
            rank: 1, size: [Int32(size), 1, 1, 1], stride: [Int32(stride), 1, 1, 1],
            dilation: [Int32(dilation), 1, 1, 1], paddingBefore: [Int32(before), 0, 0, 0],
            paddingAfter: [Int32(after), 0, 0, 0])
        #expect(geometry.outputSize(count, axis: 0) == windows)
    }
}
