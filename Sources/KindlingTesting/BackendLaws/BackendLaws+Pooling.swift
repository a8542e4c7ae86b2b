// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Each function forward and backward, over one to three axes, in both memory orders.
    static let poolingCases: [BackendCase] =
        [Pooling.Function.maximum, .average, .averageInside].flatMap { function in
            [DType.float32, .float64, .bfloat16, .float16].flatMap { dtype in
                [false, true].map { backward in
                    BackendCase("pooling \(function) \(backward ? "backward" : "forward") \(dtype.name)") {
                        poolings(function, dtype, backward: backward)
                    }
                }
            }
        } + [BackendCase("pooling maximum special numbers", calls: special)]

    private static let plans: [([Int], WindowGeometry)] = [
        ([2, 3, 9], WindowGeometry(sizes: [2], stride: [2])),
        ([1, 2, 10], WindowGeometry(sizes: [3], stride: [2], padding: [1], after: [1])),
        ([2, 3, 6, 8], WindowGeometry(sizes: [2, 2], stride: [2, 2])),
        ([2, 4, 7, 7], WindowGeometry(sizes: [3, 3], stride: [2, 2], padding: [1, 1])),
        ([1, 17, 5, 6], WindowGeometry(sizes: [3, 2], stride: [1, 2], padding: [1, 0], after: [0, 1])),
        ([1, 2, 9, 8], WindowGeometry(sizes: [2, 3], dilation: [2, 2])),
        ([2, 5, 4, 4], WindowGeometry(sizes: [4, 4])),
        ([0, 2, 4, 4], WindowGeometry(sizes: [2, 2])),
        ([1, 2, 4, 5, 6], WindowGeometry(sizes: [2, 2, 3], stride: [2, 1, 2], padding: [0, 1, 1])),
    ]

    private static func poolings(_ function: Pooling.Function, _ dtype: DType, backward: Bool) -> [BackendCall] {
        plans.flatMap { picture, window in
            [SampleLayout.rowMajor, .channelsLast].map { layout in
                pooling(function, dtype, picture, window, layout, backward: backward, .uniform(-3, 3, seed: 1))
            }
        }
    }

    /// Equal numbers, of which the first counts; NaN, which wins; and nothing but −∞.
    private static func special() -> [BackendCall] {
        [[1], [1, 2, .nan, 3, 5], [-.infinity]].flatMap { numbers in
            [SampleLayout.rowMajor, .channelsLast].map { layout in
                pooling(
                    .maximum, .float32, [1, 3, 7, 7], WindowGeometry(sizes: [3, 3], stride: [2, 2], padding: [1, 1]),
                    layout, backward: false, .listed(numbers))
            }
        }
    }

    private static func pooling(
        _ function: Pooling.Function, _ dtype: DType, _ picture: [Int], _ window: WindowGeometry,
        _ layout: SampleLayout, backward: Bool, _ values: SampleValues
    ) -> BackendCall {
        let places = picture.dropFirst(2).enumerated().map { window.outputSize($1, axis: $0) }
        let result = Shape([picture[0], picture[1]] + places)
        let request = KernelRequest.pooling(Pooling(function, window: window, backward: backward))
        let tolerance = function == .maximum && !backward ? Tolerance.exact : .sums(of: 27, magnitude: 0.5)
        if !backward {
            let outputs = [TensorSample.output(dtype, result, layout), .output(.int32, result, layout)]
            return BackendCall(
                request, [.input(dtype, Shape(picture), layout, values)],
                to: function == .maximum ? outputs : [outputs[0]], within: tolerance)
        }
        let upstream = TensorSample.input(dtype, result, layout, values)
        // Memory order of the places follows the layout; a place depends on the window and the channel's parity.
        let chosen = TensorSample.input(
            .int32, result, layout, .listed(window.places(in: picture, order: layout, windows: places)))
        return BackendCall(
            request, function == .maximum ? [upstream, chosen] : [upstream],
            to: [.output(dtype, Shape(picture), layout)], within: tolerance)
    }
}

extension WindowGeometry {
    /// A place inside the picture under each window, in the memory order of a result.
    fileprivate func places(in picture: [Int], order: SampleLayout, windows: [Int]) -> [Double] {
        let count = windows.reduce(1, *)
        let one = (0..<count).map { window -> [Double] in
            var rest = window
            var place = 0
            var alternative = 0
            var step = 1
            for axis in (0..<rank).reversed() {
                let start = rest % windows[axis] * Int(stride[axis]) - Int(paddingBefore[axis])
                rest /= windows[axis]
                let inside = (0..<Int(size[axis])).map { start + $0 * Int(dilation[axis]) }
                    .filter { $0 >= 0 && $0 < picture[2 + axis] }
                place += (inside.first ?? 0) * step
                alternative += (inside.last ?? 0) * step
                step *= picture[2 + axis]
            }
            return [Double(place), Double(alternative)]
        }
        let channels = 0..<picture[1]
        if case .channelsLast = order { return one.flatMap { pair in channels.map { pair[$0 % 2] } } }
        return channels.flatMap { channel in one.map { $0[channel % 2] } }
    }
}
