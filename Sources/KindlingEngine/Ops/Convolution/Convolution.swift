// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// A convolution (cross-correlation) over 1 to 3 spatial axes: `[N, C, spatial…]` → `[N, O, spatial…]`.
    ///
    /// y[n, o, p] = b[o] + Σ_c Σ_k w[o, c, k] · x[n, c, stride · p + dilation · k − padding]
    ///
    ///     let weight = Tensor.ones([16, 3, 3, 3])
    ///     images.convolved(weight: weight, bias: nil, padding: [1])      // [8, 3, 32, 32] → [8, 16, 32, 32]
    /// - Parameters:
    ///   - weight: `[O, C / groups, window…]`.
    ///   - bias: `[O]`, or nil.
    ///   - stride: From one window to the next, for each spatial axis; one number counts for all.
    ///   - padding: Zeros added on both sides of each spatial axis.
    ///   - dilation: From one element of a window to the next.
    ///   - groups: Into how many independent parts the channels fall.
    public func convolved(
        weight: Tensor, bias: Tensor? = nil, stride: [Int] = [1], padding: [Int] = [0], dilation: [Int] = [1],
        groups: Int = 1
    ) -> Tensor {
        convolved(
            weight: weight, bias: bias, stride: stride, before: padding, after: padding, dilation: dilation,
            groups: groups)
    }

    /// A convolution with padding of its own for each side.
    func convolved(
        weight: Tensor, bias: Tensor?, stride: [Int], before: [Int], after: [Int], dilation: [Int], groups: Int
    ) -> Tensor {
        do throws(TensorError) {
            let window = try WindowGeometry.checked(
                "convolution", input: shape, size: Array(weight.shape.dimensions.dropFirst(2)), stride: stride,
                before: before, after: after, dilation: dilation)
            let op = ConvolutionForward(window: window, groups: groups)
            return dispatch(op, [self, weight] + (bias.map { [$0] } ?? []))
        } catch { return .failed(error, spec) }
    }
}

struct ConvolutionForward: Op {
    let window: WindowGeometry
    let groups: Int
    var name: String { "convolution" }

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec {
        let (x, weight) = (inputs[0], inputs[1])
        let channels = x.shape[1]
        guard groups > 0, groups <= Swift.max(1, channels) else {
            throw TensorError(
                .invalidValue, operation: name, "\(channels) channels do not fall into \(groups) groups",
                remedy: "use a number of groups that divides the input's and the output's channels")
        }
        guard weight.rank == x.rank, channels == weight.shape[1] * groups, weight.shape[0] % groups == 0 else {
            throw TensorError(
                .shapeMismatch, operation: name,
                "an input of shape \(x.shape) does not fit a weight of shape \(weight.shape) with \(groups) groups",
                remedy: "give a weight [O, \(channels / groups), window…] whose O is a multiple of \(groups)")
        }
        if inputs.count > 2, inputs[2].shape != [weight.shape[0]] {
            throw TensorError(
                .shapeMismatch, operation: name,
                "a bias of shape \(inputs[2].shape) does not fit \(weight.shape[0]) output channels")
        }
        for input in inputs where input.dtype != x.dtype || !x.dtype.isFloatingPoint {
            throw TensorError(
                .dtypeMismatch, operation: name,
                "types \(x.dtype.name) and \(input.dtype.name): "
                    + "input, weight and bias must share one floating-point type")
        }
        return TensorSpec(shape: try window.output(x.shape, channels: weight.shape[0], name), dtype: x.dtype)
    }

    func request(_ inputs: [Tensor]) -> KernelRequest {
        .convolution(ConvolutionRequest(.forward, window: window, groups: groups, bias: inputs.count > 2))
    }

    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue {
        input == 0 ? try value.picture() : try value.rowMajor()
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let (x, weight) = (saved.inputs[0], saved.inputs[1])
        var result: [Tensor?] = [nil, nil]
        if saved.needs(0) {
            let op = ConvolutionInputGradient(window: window, groups: groups, target: x.shape)
            result[0] = dispatch(op, [upstream, weight])
        }
        if saved.needs(1) {
            let op = ConvolutionWeightGradient(window: window, groups: groups, target: weight.shape)
            result[1] = dispatch(op, [x, upstream])
        }
        if saved.inputs.count > 2 {
            let bias = saved.inputs[2]
            var sums: UInt8 = 1
            for axis in 2..<upstream.rank { sums |= 1 << axis }
            result.append(
                saved.needs(2) ? upstream.reduced("sum", .sum, axes: sums).reshaped(to: bias.shape) : nil)
        }
        return result
    }
}

/// The gradient for a convolution's input: a transposed convolution.
struct ConvolutionInputGradient: Op {
    let window: WindowGeometry
    let groups: Int
    let target: Shape
    var name: String = "gradient of convolution"

    func output(_ inputs: [Tensor]) -> TensorSpec { TensorSpec(shape: target, dtype: inputs[0].dtype) }

    func request(_ inputs: [Tensor]) -> KernelRequest {
        .convolution(ConvolutionRequest(.inputGradient, window: window, groups: groups, bias: false))
    }

    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue {
        input == 0 ? try value.picture() : try value.rowMajor()
    }

    /// Linear in the upstream gradient and in the weight: its gradients are a convolution and a weight gradient.
    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let (g, weight) = (saved.inputs[0], saved.inputs[1])
        let forward = ConvolutionForward(window: window, groups: groups)
        let byWeight = ConvolutionWeightGradient(window: window, groups: groups, target: weight.shape)
        return [
            saved.needs(0) ? dispatch(forward, [upstream, weight]) : nil,
            saved.needs(1) ? dispatch(byWeight, [upstream, g]) : nil,
        ]
    }
}

struct ConvolutionWeightGradient: Op {
    let window: WindowGeometry
    let groups: Int
    let target: Shape
    var name: String { "gradient of convolution" }

    func output(_ inputs: [Tensor]) -> TensorSpec { TensorSpec(shape: target, dtype: inputs[0].dtype) }

    func request(_ inputs: [Tensor]) -> KernelRequest {
        .convolution(ConvolutionRequest(.weightGradient, window: window, groups: groups, bias: false))
    }

    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue {
        try value.picture()
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let (x, g) = (saved.inputs[0], saved.inputs[1])
        let byInput = ConvolutionInputGradient(window: window, groups: groups, target: x.shape)
        let forward = ConvolutionForward(window: window, groups: groups)
        return [
            saved.needs(0) ? dispatch(byInput, [g, upstream]) : nil,
            saved.needs(1) ? dispatch(forward, [x, upstream]) : nil,
        ]
    }
}
