// SPDX-License-Identifier: Apache-2.0
internal import COneDNN
internal import KindlingBackend

extension OneDNN {
    /// Describes memory by its steps.
    static func describe(
        _ sizes: [Int], _ type: dnnl_data_type_t, strides: [Int]
    ) throws(OneDNNFailure) -> dnnl_memory_desc_t {
        var description = dnnl_memory_desc_t()
        let dimensions = sizes.map(dnnl_dim_t.init)
        let steps = strides.map(dnnl_dim_t.init)
        try check(
            dnnl_memory_desc_init_by_strides(&description, Int32(sizes.count), dimensions, type, steps),
            "dnnl_memory_desc_init_by_strides")
        return description
    }

    /// Describes memory whose order the library may choose.
    static func describeAny(_ sizes: [Int], _ type: dnnl_data_type_t) throws(OneDNNFailure) -> dnnl_memory_desc_t {
        var description = dnnl_memory_desc_t()
        let dimensions = sizes.map(dnnl_dim_t.init)
        try check(
            dnnl_memory_desc_init_by_tag(
                &description, Int32(sizes.count), dimensions, type, dnnl_format_tag_any),
            "dnnl_memory_desc_init_by_tag")
        return description
    }

    /// The steps of a row-major tensor.
    static func rowMajor(_ sizes: [Int]) -> [Int] {
        var steps = sizes
        var step = 1
        for axis in sizes.indices.reversed() {
            steps[axis] = step
            step *= max(1, sizes[axis])
        }
        return steps
    }

    /// The primitive that brings memory from one order into another.
    static func reorder(
        _ from: dnnl_memory_desc_t, _ to: dnnl_memory_desc_t
    ) throws(OneDNNFailure) -> Primitive {
        var source = from
        var target = to
        var descriptor: dnnl_primitive_desc_t?
        try check(
            dnnl_reorder_primitive_desc_create(&descriptor, &source, engine, &target, engine, attributes),
            "dnnl_reorder_primitive_desc_create")
        return try Primitive(
            descriptor,
            [
                Primitive.Argument(index: DNNL_ARG_FROM, description: from),
                Primitive.Argument(index: DNNL_ARG_TO, description: to),
            ])
    }
}
