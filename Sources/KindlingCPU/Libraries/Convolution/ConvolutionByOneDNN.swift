// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import COneDNN
internal import KindlingBackend

extension CPUBackend {
    /// Runs the convolution by oneDNN; false when it has no kernel for it and nothing was done.
    func convolutionByOneDNN(
        _ request: ConvolutionRequest, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) -> Bool {
        for index in 0..<inputs.count where inputs[index].shape.elementCount == 0 { return false }
        for index in 0..<outputs.count where outputs[index].shape.elementCount == 0 { return false }
        guard let sizes = sizes(request, inputs, outputs) else { return false }
        let plan: ConvolutionPlan
        do {
            plan = try ConvolutionPlan.cache.value(for: sizes) { () throws(OneDNNFailure) in
                try ConvolutionPlan(sizes)
            }
        } catch  where error.status == dnnl_unimplemented {
            return false
        } catch {
            throw error.tensorError("convolution", sizes.description)
        }
        kd_adopt_thread_count()
        do {
            switch request.direction {
            case .forward, .inputGradient: try intoPicture(plan, inputs, outputs[0])
            case .weightGradient: try intoWeight(plan, inputs, outputs)
            }
        } catch let failure as OneDNNFailure {
            throw failure.tensorError("convolution", sizes.description)
        } catch let error as TensorError {
            throw error
        } catch {
            internalFault("convolution throws \(error)")
        }
        return true
    }

    /// Reads the sizes off the operands; nil when the types are mixed in a way that oneDNN does not know.
    private func sizes(
        _ request: ConvolutionRequest, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) -> ConvolutionSizes? {
        switch request.direction {
        case .forward:
            guard inputs[0].dtype == outputs[0].dtype else { return nil }
            return ConvolutionSizes(request, x: inputs[0], y: outputs[0], weight: inputs[1])
        case .inputGradient:
            guard inputs[0].dtype == outputs[0].dtype else { return nil }
            return ConvolutionSizes(request, x: outputs[0], y: inputs[0], weight: inputs[1])
        case .weightGradient:
            guard inputs[0].dtype == inputs[1].dtype else { return nil }
            return ConvolutionSizes(request, x: inputs[0], y: inputs[1], weight: outputs[0])
        }
    }

    /// Forward, and the gradient for the input.
    private func intoPicture(_ plan: ConvolutionPlan, _ inputs: Span<Operand>, _ output: Operand) throws {
        // Read once: the optimizer of Swift 6.3 fails on a span that is used on both sides of a throwing call.
        let (pictureIn, weightIn) = (inputs[0], inputs[1].address)
        let bias = inputs.count == 3 ? inputs[2].address : nil
        let picture = try channelsLast(pictureIn)
        let result =
            output.strides.isChannelsLast(for: output.shape)
            ? nil : try scratch(output.shape, output.dtype, Strides(channelsLast: output.shape))
        let memory = try PlanMemory(plan, self)
        var weight = weightIn
        if let reorder = plan.weightReorder {
            let order: InlineArray<3, UnsafeMutableRawPointer?> = [weight, memory.weight, memory.scratch]
            try reorder.run(order.span)
            weight = memory.weight
        }
        let target = result?.operand.address ?? output.address
        let source = picture?.operand.address ?? pictureIn.address
        if let bias {
            let order: InlineArray<5, UnsafeMutableRawPointer?> = [
                source, weight, bias, target, memory.scratch,
            ]
            try plan.primitive.run(order.span)
        } else {
            let order: InlineArray<4, UnsafeMutableRawPointer?> = [source, weight, target, memory.scratch]
            try plan.primitive.run(order.span)
        }
        if let result {
            let from: InlineArray<1, Operand> = [result.operand]
            let to: InlineArray<1, Operand> = [output]
            copy(from.span, to.span)
        }
        withExtendedLifetime((picture, result, memory)) {}
    }

    /// The gradient for weight and bias.
    private func intoWeight(_ plan: ConvolutionPlan, _ inputs: Span<Operand>, _ outputs: Span<Operand>) throws {
        let (pictureIn, upstreamIn, weight) = (inputs[0], inputs[1], outputs[0].address)
        let bias = outputs.count == 2 ? outputs[1].address : nil
        let picture = try channelsLast(pictureIn)
        let upstream = try channelsLast(upstreamIn)
        let memory = try PlanMemory(plan, self)
        let x = picture?.operand.address ?? pictureIn.address
        let y = upstream?.operand.address ?? upstreamIn.address
        let target = plan.weightReorder == nil ? weight : memory.weight
        if let bias {
            let order: InlineArray<5, UnsafeMutableRawPointer?> = [x, y, target, bias, memory.scratch]
            try plan.primitive.run(order.span)
        } else {
            let order: InlineArray<4, UnsafeMutableRawPointer?> = [x, y, target, memory.scratch]
            try plan.primitive.run(order.span)
        }
        if let reorder = plan.weightReorder {
            let order: InlineArray<3, UnsafeMutableRawPointer?> = [memory.weight, weight, memory.scratch]
            try reorder.run(order.span)
        }
        withExtendedLifetime((picture, upstream, memory)) {}
    }

    /// The picture's copy in channels-last order, or nil when it is in that order.
    private func channelsLast(_ operand: Operand) throws(TensorError) -> Scratch? {
        if operand.strides.isChannelsLast(for: operand.shape) { return nil }
        return try copied(operand, operand.dtype, Strides(channelsLast: operand.shape))
    }
}

/// What a plan needs for one run: a weight in the library's order, and working memory.
private struct PlanMemory {
    let storage: Storage
    let weight: UnsafeMutableRawPointer?
    let scratch: UnsafeMutableRawPointer?

    init(_ plan: ConvolutionPlan, _ backend: CPUBackend) throws(TensorError) {
        let weightBytes = plan.weightReorder == nil ? 0 : (plan.weightByteCount + 63) / 64 * 64
        let scratchBytes = max(plan.primitive.scratchByteCount, plan.weightReorder?.scratchByteCount ?? 0)
        storage = try backend.allocate(byteCount: weightBytes + scratchBytes)
        weight = storage.address
        scratch = storage.address.map { $0 + weightBytes }
    }
}
