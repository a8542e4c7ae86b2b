// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The largest element of each window: `[N, C, spatial…]` → `[N, C, spatial…]`.
    ///
    ///     images.maxPooled(size: [2], stride: [2])      // [8, 16, 32, 32] → [8, 16, 16, 16]
    /// - Parameters:
    ///   - size: The window's size, one number for all spatial axes or one for each.
    ///   - stride: From one window to the next; the window's size when nil.
    ///   - padding: Elements added on both sides; they are never the largest. At most half the window.
    ///   - dilation: From one element of a window to the next.
    ///   - ceilMode: Whether a last window that hangs over the end counts, as PyTorch's `ceil_mode`.
    public func maxPooled(
        size: [Int], stride: [Int]? = nil, padding: [Int] = [0], dilation: [Int] = [1], ceilMode: Bool = false
    ) -> Tensor {
        do throws(TensorError) {
            return try pooled(
                .maximum, "maxPool", size, stride ?? size, before: padding, after: padding, dilation: dilation,
                ceilMode: ceilMode)
        } catch { return .failed(error, spec) }
    }

    /// The mean of each window.
    ///
    ///     images.averagePooled(size: [2], stride: [2])      // [8, 16, 32, 32] → [8, 16, 16, 16]
    /// - Parameter countingPadding: Whether added zeros count as elements, as PyTorch's `count_include_pad`.
    /// - Parameter ceilMode: Whether a last window that hangs over the end counts, as PyTorch's `ceil_mode`; what hangs
    ///   over the padding is no element.
    public func averagePooled(
        size: [Int], stride: [Int]? = nil, padding: [Int] = [0], countingPadding: Bool = true, ceilMode: Bool = false
    ) -> Tensor {
        do throws(TensorError) {
            let means = try pooled(
                countingPadding ? .average : .averageInside, "averagePool", size, stride ?? size, before: padding,
                after: padding, ceilMode: ceilMode)
            guard ceilMode, countingPadding, !means.value.isPlaceholder else { return means }
            return means / (try shareInside(size, stride ?? size, padding))
        } catch { return .failed(error, spec) }
    }

    /// Which share of each window lies in the picture or its padding, where a last one hangs over the end.
    private func shareInside(_ size: [Int], _ stride: [Int], _ padding: [Int]) throws(TensorError) -> Tensor {
        let plain = try WindowGeometry.checked(
            "averagePool", input: shape, size: size, stride: stride, before: padding, after: padding, dilation: [1])
        let covering = plain.coveringEnds(of: shape)
        var padded = shape
        (padded[0], padded[1]) = (1, 1)
        var after = WindowGeometry.Sizes(repeating: 0)
        for axis in 0..<plain.rank {
            padded[axis + 2] += Int(plain.paddingBefore[axis]) + Int(plain.paddingAfter[axis])
            after[axis] = covering.paddingAfter[axis] - plain.paddingAfter[axis]
        }
        let window = WindowGeometry(
            rank: plain.rank, size: plain.size, stride: plain.stride, dilation: plain.dilation,
            paddingBefore: WindowGeometry.Sizes(repeating: 0), paddingAfter: after)
        let ones = Tensor.ones(padded, dtype: dtype, on: device)
        return dispatch(PoolingForward(name: "averagePool", function: .average, window: window), [ones])
    }

    /// Pooling with padding of its own for each side.
    func pooled(
        _ function: Pooling.Function, _ name: String, _ size: [Int], _ stride: [Int], before: [Int], after: [Int],
        dilation: [Int] = [1], ceilMode: Bool = false
    ) throws(TensorError) -> Tensor {
        var window = try WindowGeometry.checked(
            name, input: shape, size: size, stride: stride, before: before, after: after, dilation: dilation)
        for axis in 0..<window.rank where window.paddingBefore[axis] * 2 > window.size[axis] {
            throw TensorError(
                .invalidValue, operation: name,
                "padding \(window.paddingBefore[axis]) is more than half the window of \(window.size[axis])",
                remedy: "some windows would hold nothing but padding; pad less")
        }
        if ceilMode { window = window.coveringEnds(of: shape) }
        return dispatch(PoolingForward(name: name, function: function, window: window), [self])
    }
}

extension WindowGeometry {
    /// The same windows with so much more padding behind that a last one fits that hangs over the end.
    ///
    /// A window that would begin behind the picture and its padding before is none.
    fileprivate func coveringEnds(of input: Shape) -> WindowGeometry {
        var after = paddingAfter
        for axis in 0..<rank {
            let (count, step) = (input[axis + 2], Int(stride[axis]))
            let span = Int(dilation[axis]) * (Int(size[axis]) - 1) + 1
            let room = count &+ Int(paddingBefore[axis]) &+ Int(paddingAfter[axis]) &- span
            guard room > 0, room % step != 0 else { continue }  // the windows end where the picture does
            let start = (room / step + 1) * step
            guard start < count + Int(paddingBefore[axis]) else { continue }  // it would hold padding only
            after[axis] += Int32(step - room % step)
        }
        return WindowGeometry(
            rank: rank, size: size, stride: stride, dilation: dilation, paddingBefore: paddingBefore,
            paddingAfter: after)
    }
}

private struct PoolingForward: Op {
    let name: String
    let function: Pooling.Function
    let window: WindowGeometry

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec {
        let x = inputs[0]
        guard x.dtype.isFloatingPoint else {
            throw TensorError(.dtypeMismatch, operation: name, "\(x.dtype.name) is not a floating-point type")
        }
        return TensorSpec(shape: try window.output(x.shape, channels: x.shape[1], name), dtype: x.dtype)
    }

    func auxiliaries(_ inputs: [Tensor]) -> [TensorSpec] {
        guard function == .maximum, let spec = try? output(inputs) else { return [] }  // `output` passed already
        return [TensorSpec(shape: spec.shape, dtype: .int32)]
    }

    func request(_ inputs: [Tensor]) -> KernelRequest {
        .pooling(Pooling(function, window: window, backward: false))
    }

    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue {
        try value.picture()
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let inputs = [upstream] + saved.auxiliaries
        let op = PoolingGradient(
            function: function, window: window, target: saved.inputs[0].shape,
            channelsLast: inputs[inputs.count - 1].value.layout == .channelsLast)
        return [dispatch(op, inputs)]
    }
}

/// Sends each window's gradient back to where it came from.
private struct PoolingGradient: Op {
    let function: Pooling.Function
    let window: WindowGeometry
    let target: Shape
    let channelsLast: Bool
    var name: String { "gradient of pooling" }

    func output(_ inputs: [Tensor]) -> TensorSpec { TensorSpec(shape: target, dtype: inputs[0].dtype) }
    func request(_ inputs: [Tensor]) -> KernelRequest { .pooling(Pooling(function, window: window, backward: true)) }

    /// All operands lie in one order: that of the places of largest elements, where there are any.
    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue {
        guard channelsLast else { return try value.rowMajor() }
        return value.layout == .channelsLast ? value : try value.copied(to: .channelsLast)
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        guard function == .maximum else {
            // Averaging is linear: the gradient of its gradient is the averaging itself.
            return [dispatch(PoolingForward(name: "averagePool", function: function, window: window), [upstream])]
        }
        // The largest elements' places are known, so what flows back is picked at them.
        let places = saved.inputs[1]
        let (planes, size) = (target[0] * target[1], target.dimensions.dropFirst(2).reduce(1, *))
        let offsets = (Tensor.indices(planes, on: upstream.device) * size).reshaped(to: [planes, 1])
        let windows = places.shape.dimensions.dropFirst(2).reduce(1, *)
        let flat = places.converted(to: .int64).reshaped(to: [planes, windows]) + offsets
        return [upstream.reshaped(to: [-1]).gathered(at: flat.flattened()).reshaped(to: places.shape), nil]
    }
}
