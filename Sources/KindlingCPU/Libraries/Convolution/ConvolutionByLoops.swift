// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// A convolution in double precision by plain loops, in whatever order the pictures lie.
    func convolutionByLoops(
        _ request: ConvolutionRequest, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        var loops: kd_convolution_f64
        let units: Int
        switch request.direction {
        case .forward:
            loops = geometry(request, x: inputs[0], y: outputs[0], weight: inputs[1])
            loops.bias = request.bias ? inputs[2].address?.assumingMemoryBound(to: Double.self) : nil
            units = outputs[0].shape[0] * outputs[0].shape[1]
        case .inputGradient:
            loops = geometry(request, x: outputs[0], y: inputs[0], weight: inputs[1])
            units = outputs[0].shape[0] * outputs[0].shape[1]
        case .weightGradient:
            loops = geometry(request, x: inputs[0], y: inputs[1], weight: outputs[0])
            loops.bias = request.bias ? outputs[1].address?.assumingMemoryBound(to: Double.self) : nil
            units = inputs[1].shape[1]
        }
        switch request.direction {
        case .forward:
            kd_parallel_for(
                Int64(units), 1,
                { context, begin, end in
                    kd_convolution_forward_f64(context?.assumingMemoryBound(to: kd_convolution_f64.self), begin, end)
                }, &loops)
        case .inputGradient:
            kd_parallel_for(
                Int64(units), 1,
                { context, begin, end in
                    kd_convolution_input_gradient_f64(
                        context?.assumingMemoryBound(to: kd_convolution_f64.self), begin, end)
                }, &loops)
        case .weightGradient:
            kd_parallel_for(
                Int64(units), 1,
                { context, begin, end in
                    kd_convolution_weight_gradient_f64(
                        context?.assumingMemoryBound(to: kd_convolution_f64.self), begin, end)
                }, &loops)
        }
    }

    private func geometry(_ request: ConvolutionRequest, x: Operand, y: Operand, weight: Operand) -> kd_convolution_f64
    {
        let window = request.window
        let lacking = 3 - window.rank
        var loops = kd_convolution_f64()
        loops.batch = Int64(x.shape[0])
        loops.groups = Int64(request.groups)
        loops.channels = Int64(x.shape[1] / request.groups)
        loops.outputs = Int64(y.shape[1] / request.groups)
        loops.x = x.address?.assumingMemoryBound(to: Double.self)
        loops.y = y.address?.assumingMemoryBound(to: Double.self)
        loops.weight = weight.address?.assumingMemoryBound(to: Double.self)
        loops.input = spatial(lacking) { x.shape[$0 + 2] }
        loops.output = spatial(lacking) { y.shape[$0 + 2] }
        loops.window = spatial(lacking) { Int(window.size[$0]) }
        loops.stride = spatial(lacking) { Int(window.stride[$0]) }
        loops.dilation = spatial(lacking) { Int(window.dilation[$0]) }
        loops.padding = spatial(lacking, missing: 0) { Int(window.paddingBefore[$0]) }
        loops.x_step = steps(x, lacking)
        loops.y_step = steps(y, lacking)
        return loops
    }

    private func steps(_ picture: Operand, _ lacking: Int) -> (Int64, Int64, Int64, Int64, Int64) {
        let axes = spatial(lacking, missing: 0) { picture.strides[$0 + 2] }
        return (Int64(picture.strides[0]), Int64(picture.strides[1]), axes.0, axes.1, axes.2)
    }
}

/// Three numbers for three spatial axes, of which the first `lacking` are not there.
func spatial(_ lacking: Int, missing: Int64 = 1, _ value: (Int) -> Int) -> (Int64, Int64, Int64) {
    func entry(_ axis: Int) -> Int64 { axis < lacking ? missing : Int64(value(axis - lacking)) }
    return (entry(0), entry(1), entry(2))
}
