// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import COneDNN
internal import KindlingBackend

extension CPUBackend {
    /// Runs a product of bfloat16 by oneDNN, summed in float32; false when it has no kernel for it and nothing was done.
    func matmulByOneDNN(
        _ request: Matmul, _ inputs: Span<Operand>, _ output: Operand
    ) throws(TensorError) -> Bool {
        guard let products = MatrixProducts(request, inputs, output), products.k > 0,
            products.aSteps.isLibraryReadable, products.bSteps.isLibraryReadable
        else { return false }
        let sizes = PrimitiveProduct(products)
        guard sizes.isLibraryKnown else { return false }
        let primitive: Primitive
        do {
            primitive = try PrimitiveProduct.cache.value(for: sizes) { () throws(OneDNNFailure) in
                try sizes.primitive()
            }
        } catch {
            if error.status == dnnl_unimplemented { return false }
            throw error.tensorError("matmul", sizes.description)
        }
        kd_adopt_thread_count()
        let scratch = try allocate(byteCount: primitive.scratchByteCount)
        do {
            if request.bias {
                let order: InlineArray<5, UnsafeMutableRawPointer?> = [
                    products.a, products.b, products.bias, products.c, scratch.address,
                ]
                try primitive.run(order.span)
            } else {
                let order: InlineArray<4, UnsafeMutableRawPointer?> = [
                    products.a, products.b, products.c, scratch.address,
                ]
                try primitive.run(order.span)
            }
        } catch {
            throw error.tensorError("matmul", sizes.description)
        }
        withExtendedLifetime(scratch) {}
        return true
    }
}

/// All that a product's primitive depends on.
private struct PrimitiveProduct: Hashable, Sendable {
    /// Primitives in use; making one compiles its kernel, which takes milliseconds.
    static let cache = BoundedCache<PrimitiveProduct, Primitive>(capacity: 512)

    /// Sizes and steps of a, b and c: batch axes first, an axis that repeats one matrix having size 1.
    private let a: [Int]
    private let aSteps: [Int]
    private let b: [Int]
    private let bSteps: [Int]
    private let c: [Int]
    private let bias: Bool
    private let relu: Bool
    private let dtype: DType

    init(_ products: MatrixProducts) {
        let batch = products.batch
        a = batch.sizes(batch.leftSteps) + [products.m, products.k]
        aSteps = batch.filled(batch.leftSteps) + [products.aSteps.row, products.aSteps.column]
        b = batch.sizes(batch.rightSteps) + [products.k, products.n]
        bSteps = batch.filled(batch.rightSteps) + [products.bSteps.row, products.bSteps.column]
        c = batch.allSizes + [products.m, products.n]
        bias = products.bias != nil
        relu = products.relu
        dtype = products.dtype
    }

    /// Whether one of the factors spans each batch axis: oneDNN repeats one of them along an axis, never both.
    var isLibraryKnown: Bool {
        zip(zip(a, b), c).dropLast(2).allSatisfy { factors, size in max(factors.0, factors.1) == size }
    }

    /// `[2, 3] · [3, 4] of bfloat16`.
    var description: String { "\(a) (steps \(aSteps)) · \(b) (steps \(bSteps)) of \(dtype.name)" }

    func primitive() throws(OneDNNFailure) -> Primitive {
        guard let type = OneDNN.dataType(dtype) else {
            throw OneDNNFailure(status: dnnl_unimplemented, call: "the choice of an element type")
        }
        var left = try OneDNN.describe(a, type, strides: aSteps)
        var right = try OneDNN.describe(b, type, strides: bSteps)
        var result = try OneDNN.describe(c, type, strides: OneDNN.rowMajor(c))
        let row = Array(repeating: 1, count: c.count - 1) + [c[c.count - 1]]
        var shift = try OneDNN.describe(row, type, strides: OneDNN.rowMajor(row))
        var operation = dnnl_matmul_desc_t()
        let status = withUnsafePointer(to: &shift) {
            dnnl_matmul_desc_init(&operation, &left, &right, bias ? $0 : nil, &result)
        }
        try check(status, "dnnl_matmul_desc_init")
        var descriptor: dnnl_primitive_desc_t?
        try check(
            dnnl_primitive_desc_create(
                &descriptor, &operation, relu ? OneDNN.attributesWithReLU : OneDNN.attributes, OneDNN.engine, nil),
            "dnnl_primitive_desc_create")
        var arguments = [
            Primitive.Argument(index: DNNL_ARG_SRC, description: left),
            Primitive.Argument(index: DNNL_ARG_WEIGHTS, description: right),
        ]
        if bias { arguments.append(Primitive.Argument(index: DNNL_ARG_BIAS, description: shift)) }
        arguments.append(Primitive.Argument(index: DNNL_ARG_DST, description: result))
        return try Primitive(descriptor, arguments)
    }
}
