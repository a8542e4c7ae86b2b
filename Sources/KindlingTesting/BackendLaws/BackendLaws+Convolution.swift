// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Windows of one to three axes in each direction, memory order and type.
    static let convolutionCases: [BackendCase] =
        ConvolutionPlan.all.flatMap { plan in
            [ConvolutionRequest.Direction.forward, .inputGradient, .weightGradient].map { direction in
                BackendCase("convolution \(direction) \(plan.name)") { plan.calls(direction, .float32) }
            }
        }
        + [DType.float64, .bfloat16, .float16].flatMap { dtype in
            [ConvolutionRequest.Direction.forward, .inputGradient, .weightGradient].map { direction in
                BackendCase("convolution \(direction) \(dtype.name)") {
                    ConvolutionPlan.all.flatMap { $0.calls(direction, dtype) }
                }
            }
        }
}

/// One choice of sizes.
private struct ConvolutionPlan: Sendable {
    let name: String
    let picture: [Int]
    let outputs: Int
    let groups: Int
    let window: WindowGeometry

    static let all: [ConvolutionPlan] = [
        ConvolutionPlan(
            name: "1-D", picture: [2, 3, 11], outputs: 4, groups: 1, window: WindowGeometry(sizes: [3], padding: [1])),
        ConvolutionPlan(
            name: "1-D strided, dilated, unevenly padded", picture: [3, 2, 17], outputs: 5, groups: 1,
            window: WindowGeometry(sizes: [4], stride: [3], dilation: [2], padding: [2], after: [1])),
        ConvolutionPlan(
            name: "2-D", picture: [2, 3, 7, 6], outputs: 4, groups: 1,
            window: WindowGeometry(sizes: [3, 3], padding: [1, 1])),
        ConvolutionPlan(
            name: "2-D of one element", picture: [2, 5, 4, 3], outputs: 6, groups: 1,
            window: WindowGeometry(sizes: [1, 1])),
        ConvolutionPlan(
            name: "2-D strided", picture: [1, 4, 9, 8], outputs: 3, groups: 1,
            window: WindowGeometry(sizes: [3, 2], stride: [2, 3], padding: [1, 0])),
        ConvolutionPlan(
            name: "2-D dilated, unevenly padded", picture: [2, 2, 8, 9], outputs: 3, groups: 1,
            window: WindowGeometry(sizes: [3, 3], dilation: [2, 1], padding: [2, 0], after: [1, 2])),
        ConvolutionPlan(
            name: "2-D in groups", picture: [2, 6, 5, 5], outputs: 4, groups: 2,
            window: WindowGeometry(sizes: [3, 3], padding: [1, 1])),
        ConvolutionPlan(
            name: "2-D depthwise", picture: [2, 4, 6, 5], outputs: 8, groups: 4,
            window: WindowGeometry(sizes: [3, 3], stride: [2, 1], padding: [1, 1])),
        ConvolutionPlan(
            name: "2-D as wide as vectors", picture: [1, 16, 5, 5], outputs: 33, groups: 1,
            window: WindowGeometry(sizes: [3, 3], padding: [1, 1])),
        ConvolutionPlan(
            name: "2-D of no pictures", picture: [0, 3, 5, 5], outputs: 2, groups: 1,
            window: WindowGeometry(sizes: [3, 3])),
        ConvolutionPlan(
            name: "3-D", picture: [1, 2, 4, 5, 4], outputs: 3, groups: 1,
            window: WindowGeometry(sizes: [2, 3, 2], stride: [1, 2, 1], padding: [1, 1, 0], after: [0, 1, 1])),
    ]

    func calls(_ direction: ConvolutionRequest.Direction, _ dtype: DType) -> [BackendCall] {
        let orders: [(SampleLayout, SampleLayout)] = [
            (.rowMajor, .rowMajor), (.channelsLast, .channelsLast), (.channelsLast, .rowMajor),
        ]
        return orders.flatMap { x, y in
            [true, false].compactMap { bias in
                bias && direction == .inputGradient ? nil : call(direction, dtype, x, y, bias: bias)
            }
        }
    }

    private func call(
        _ direction: ConvolutionRequest.Direction, _ dtype: DType, _ x: SampleLayout, _ y: SampleLayout, bias: Bool
    ) -> BackendCall {
        let input = Shape(picture)
        let weight = Shape([outputs, picture[1] / groups] + window.sizes)
        let places = picture.dropFirst(2).enumerated().map { window.outputSize($1, axis: $0) }
        let output = Shape([picture[0], outputs] + places)
        let request = KernelRequest.convolution(
            ConvolutionRequest(direction, window: window, groups: groups, bias: bias))
        func real(_ shape: Shape, _ layout: SampleLayout, _ seed: UInt64) -> TensorSample {
            .input(dtype, shape, layout, .uniform(-1, 1, seed: seed))
        }
        switch direction {
        case .forward:
            let inputs = [real(input, x, 1), real(weight, .rowMajor, 2)]
            return BackendCall(
                request, bias ? inputs + [real([outputs], .rowMajor, 3)] : inputs, to: [.output(dtype, output, y)],
                within: .sums(of: weight.elementCount / outputs))
        case .inputGradient:
            return BackendCall(
                request, [real(output, y, 1), real(weight, .rowMajor, 2)], to: [.output(dtype, input, x)],
                within: .sums(of: weight.elementCount / picture[1]))
        case .weightGradient:
            let gradients = [TensorSample.output(dtype, weight)]
            return BackendCall(
                request, [real(input, x, 1), real(output, y, 2)],
                to: bias ? gradients + [.output(dtype, [outputs])] : gradients,
                within: .sums(of: output.elementCount / outputs))
        }
    }
}

extension WindowGeometry {
    /// Windows given by arrays of one entry an axis.
    init(
        sizes: [Int], stride: [Int] = [1, 1, 1], dilation: [Int] = [1, 1, 1], padding: [Int] = [0, 0, 0],
        after: [Int]? = nil
    ) {
        func filled(_ entries: [Int], with rest: Int32) -> Sizes {
            var result = Sizes(repeating: rest)
            for axis in 0..<min(entries.count, sizes.count) { result[axis] = Int32(entries[axis]) }
            return result
        }
        self.init(
            rank: sizes.count, size: filled(sizes, with: 1), stride: filled(stride, with: 1),
            dilation: filled(dilation, with: 1), paddingBefore: filled(padding, with: 0),
            paddingAfter: filled(after ?? padding, with: 0))
    }

    /// For messages.
    var words: String {
        func entries(_ sizes: Sizes) -> [Int] { (0..<rank).map { Int(sizes[$0]) } }
        return "window \(sizes) by \(entries(stride)), dilated \(entries(dilation)), padded "
            + "\(entries(paddingBefore)) and \(entries(paddingAfter))"
    }

    /// The window's size along each axis there is.
    var sizes: [Int] { (0..<rank).map { Int(size[$0]) } }
}
