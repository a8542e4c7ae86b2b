// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

/// The layouts of an elementwise call: one for the output, one for each of up to three inputs.
struct ElementwiseLayouts: Sendable {
    let shape: Shape
    let output: SampleLayout
    let inputs: [SampleLayout]

    private init(_ shape: Shape, _ output: SampleLayout, _ inputs: SampleLayout...) {
        self.shape = shape
        self.output = output
        self.inputs = inputs
    }

    /// What the engine can come up with: whole and partial vectors, every kind of step, ranks 0 to 5, nothing at all.
    static let all: [ElementwiseLayouts] = [
        ElementwiseLayouts([67], .rowMajor, .rowMajor, .rowMajor, .rowMajor),
        ElementwiseLayouts([129], .shifted, .shifted, .rowMajor, .shifted),
        ElementwiseLayouts([1100], .rowMajor, .rowMajor, .broadcast([0]), .rowMajor),
        ElementwiseLayouts([], .rowMajor, .rowMajor, .rowMajor, .rowMajor),
        ElementwiseLayouts([0, 3], .rowMajor, .rowMajor, .rowMajor, .rowMajor),
        ElementwiseLayouts([5, 7], .rowMajor, .transposed, .rowMajor, .rowMajor),
        ElementwiseLayouts([5, 7], .transposed, .rowMajor, .transposed, .broadcast([0, 1])),
        ElementwiseLayouts([6, 18], .rowMajor, .rowMajor, .broadcast([0]), .broadcast([1])),
        ElementwiseLayouts([6, 18], .rowMajor, .broadcast([1]), .rowMajor, .broadcast([0])),
        ElementwiseLayouts([4, 9], .rowMajor, .broadcast([0, 1]), .gapped, .rowMajor),
        ElementwiseLayouts([4, 9], .shifted, .gapped, .backwards, .gapped),
        ElementwiseLayouts([3, 4, 5], .rowMajor, .broadcast([1]), .permuted([1, 0, 2]), .broadcast([0, 2])),
        ElementwiseLayouts([2, 3, 4, 5], .channelsLast, .channelsLast, .broadcast([0, 2, 3]), .rowMajor),
        ElementwiseLayouts([2, 3, 2, 2, 3], .rowMajor, .permuted([4, 0, 2, 1, 3]), .broadcast([0, 3]), .transposed),
        ElementwiseLayouts([3, 1, 4], .transposed, .broadcast([1]), .transposed, .rowMajor),
    ]
}
