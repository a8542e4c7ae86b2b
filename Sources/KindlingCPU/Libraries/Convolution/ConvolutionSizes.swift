// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// A convolution's request together with the sizes it is for: all that a plan depends on.
struct ConvolutionSizes: Hashable {
    let request: ConvolutionRequest
    let batch: Int
    /// Channels of x, in all groups.
    let channels: Int
    /// Channels of y, in all groups.
    let outputs: Int
    /// Sizes of x along the spatial axes.
    let input: SIMD4<Int32>
    /// Sizes of y along the spatial axes.
    let output: SIMD4<Int32>
    /// The pictures' type.
    let dtype: DType
    /// The weight's type.
    let weightDType: DType

    /// Reads them off x, y and weight.
    init(_ request: ConvolutionRequest, x: Operand, y: Operand, weight: Operand) {
        self.request = request
        batch = x.shape[0]
        channels = x.shape[1]
        outputs = y.shape[1]
        var input = SIMD4<Int32>(repeating: 1)
        var output = SIMD4<Int32>(repeating: 1)
        for axis in 0..<request.window.rank {
            input[axis] = Int32(truncatingIfNeeded: x.shape[axis + 2])
            output[axis] = Int32(truncatingIfNeeded: y.shape[axis + 2])
        }
        self.input = input
        self.output = output
        dtype = x.dtype
        weightDType = weight.dtype
    }

    /// `x [64, 3, 32, 32], weight [16, 3, 3, 3], …`, for messages.
    var description: String {
        let window = request.window
        return "x \(pictureSizes(channels, input)), weight \(weightSizes), y \(pictureSizes(outputs, output)) "
            + "of \(dtype.name), stride \(list(window.stride)), dilation \(list(window.dilation)), "
            + "padding \(list(window.paddingBefore)) and \(list(window.paddingAfter)), groups \(request.groups)"
    }

    /// `[N, C, spatial…]`.
    func pictureSizes(_ channels: Int, _ spatial: SIMD4<Int32>) -> [Int] { [batch, channels] + list(spatial) }

    /// `[O, C, window…]`, or with groups as the library has it `[groups, O / groups, C / groups, window…]`.
    var weightSizes: [Int] {
        let groups = request.groups
        return (groups == 1 ? [] : [groups]) + [outputs / groups, channels / groups] + list(request.window.size)
    }

    /// The entries for the spatial axes there are.
    func list(_ sizes: SIMD4<Int32>) -> [Int] { (0..<request.window.rank).map { Int(sizes[$0]) } }
}
