// SPDX-License-Identifier: Apache-2.0
internal import COneDNN
internal import KindlingBackend

/// A convolution by oneDNN: the primitive, and the one that brings the weight into the order the primitive likes.
///
/// Pictures are channels-last, whatever the library would choose: so nothing of its own ever leaves a plan.
struct ConvolutionPlan: Sendable {
    /// Plans in use; making one compiles its kernel, which takes milliseconds.
    static let cache = BoundedCache<ConvolutionSizes, ConvolutionPlan>(capacity: 512)

    /// The convolution; arguments in the request's order, outputs last.
    let primitive: Primitive
    /// Between the weight's row-major order and the library's, when they differ.
    let weightReorder: Primitive?
    /// Bytes of a weight in the library's order.
    let weightByteCount: Int

    /// Makes the plan.
    init(_ sizes: ConvolutionSizes) throws(OneDNNFailure) {
        guard let type = OneDNN.dataType(sizes.dtype), let weightType = OneDNN.dataType(sizes.weightDType) else {
            throw OneDNNFailure(status: dnnl_unimplemented, call: "the choice of an element type")
        }
        var parts = try Descriptions(sizes, type, weightType)
        let descriptor = try parts.primitiveDescriptor(sizes)
        let isGradient = sizes.request.direction == .weightGradient
        let query = isGradient ? dnnl_query_diff_weights_md : dnnl_query_weights_md
        guard let found = dnnl_primitive_desc_query_md(descriptor, query, 0) else {
            dnnl_primitive_desc_destroy(descriptor)
            throw OneDNNFailure(status: dnnl_runtime_error, call: "dnnl_primitive_desc_query_md")
        }
        var weight = found.pointee
        var plain = parts.plainWeight
        primitive = try Primitive(descriptor, parts.arguments(sizes.request, weight: weight))
        weightByteCount = dnnl_memory_desc_get_size(&weight)
        if dnnl_memory_desc_equal(&weight, &plain) != 0 {
            weightReorder = nil
        } else {
            weightReorder = isGradient ? try OneDNN.reorder(weight, plain) : try OneDNN.reorder(plain, weight)
        }
    }
}

/// How a convolution's tensors lie.
private struct Descriptions {
    var x: dnnl_memory_desc_t
    var y: dnnl_memory_desc_t
    var weight: dnnl_memory_desc_t
    var plainWeight: dnnl_memory_desc_t
    var bias: dnnl_memory_desc_t

    init(
        _ sizes: ConvolutionSizes, _ type: dnnl_data_type_t, _ weightType: dnnl_data_type_t
    ) throws(OneDNNFailure) {
        let xSizes = sizes.pictureSizes(sizes.channels, sizes.input)
        let ySizes = sizes.pictureSizes(sizes.outputs, sizes.output)
        x = try OneDNN.describe(xSizes, type, strides: Descriptions.channelsLast(xSizes))
        y = try OneDNN.describe(ySizes, type, strides: Descriptions.channelsLast(ySizes))
        weight = try OneDNN.describeAny(sizes.weightSizes, weightType)
        plainWeight = try OneDNN.describe(
            sizes.weightSizes, weightType, strides: OneDNN.rowMajor(sizes.weightSizes))
        bias = try OneDNN.describe([sizes.outputs], weightType, strides: [1])
    }

    private static func channelsLast(_ sizes: [Int]) -> [Int] {
        let steps = OneDNN.rowMajor([sizes[0]] + sizes[2...] + [sizes[1]])
        return [steps[0], 1] + steps[1..<(sizes.count - 1)]
    }

    mutating func primitiveDescriptor(_ sizes: ConvolutionSizes) throws(OneDNNFailure) -> dnnl_primitive_desc_t? {
        let window = sizes.request.window
        let strides = sizes.list(window.stride).map(dnnl_dim_t.init)
        // The library counts the elements skipped between two of a window.
        let dilations = sizes.list(window.dilation).map { dnnl_dim_t($0 - 1) }
        let before = sizes.list(window.paddingBefore).map(dnnl_dim_t.init)
        let after = sizes.list(window.paddingAfter).map(dnnl_dim_t.init)
        let algorithm = dnnl_convolution_direct
        let hasBias = sizes.request.bias
        var forward = dnnl_convolution_desc_t()
        let forwardStatus = withUnsafePointer(to: &bias) {
            dnnl_dilated_convolution_forward_desc_init(
                &forward, dnnl_forward_training, algorithm, &x, &weight, hasBias ? $0 : nil, &y, strides, dilations,
                before, after)
        }
        try check(forwardStatus, "dnnl_dilated_convolution_forward_desc_init")
        if sizes.request.direction == .forward { return try create(&forward, hint: nil) }
        // Gradients want the forward primitive as a hint.
        let hint = try create(&forward, hint: nil)
        defer { dnnl_primitive_desc_destroy(hint) }
        var backward = dnnl_convolution_desc_t()
        if sizes.request.direction == .inputGradient {
            try check(
                dnnl_dilated_convolution_backward_data_desc_init(
                    &backward, algorithm, &x, &weight, &y, strides, dilations, before, after),
                "dnnl_dilated_convolution_backward_data_desc_init")
        } else {
            let status = withUnsafePointer(to: &bias) {
                dnnl_dilated_convolution_backward_weights_desc_init(
                    &backward, algorithm, &x, &weight, hasBias ? $0 : nil, &y, strides, dilations, before, after)
            }
            try check(status, "dnnl_dilated_convolution_backward_weights_desc_init")
        }
        return try create(&backward, hint: hint)
    }

    private func create(
        _ operation: inout dnnl_convolution_desc_t, hint: dnnl_primitive_desc_t?
    ) throws(OneDNNFailure) -> dnnl_primitive_desc_t? {
        var descriptor: dnnl_primitive_desc_t?
        try check(
            dnnl_primitive_desc_create(&descriptor, &operation, OneDNN.attributes, OneDNN.engine, hint),
            "dnnl_primitive_desc_create")
        return descriptor
    }

    func arguments(_ request: ConvolutionRequest, weight: dnnl_memory_desc_t) -> [Primitive.Argument] {
        switch request.direction {
        case .forward:
            return [.init(index: DNNL_ARG_SRC, description: x), .init(index: DNNL_ARG_WEIGHTS, description: weight)]
                + (request.bias ? [.init(index: DNNL_ARG_BIAS, description: bias)] : [])
                + [.init(index: DNNL_ARG_DST, description: y)]
        case .inputGradient:
            return [
                .init(index: DNNL_ARG_DIFF_DST, description: y), .init(index: DNNL_ARG_WEIGHTS, description: weight),
                .init(index: DNNL_ARG_DIFF_SRC, description: x),
            ]
        case .weightGradient:
            return [
                .init(index: DNNL_ARG_SRC, description: x), .init(index: DNNL_ARG_DIFF_DST, description: y),
                .init(index: DNNL_ARG_DIFF_WEIGHTS, description: weight),
            ] + (request.bias ? [.init(index: DNNL_ARG_DIFF_BIAS, description: bias)] : [])
        }
    }
}
