// SPDX-License-Identifier: Apache-2.0
internal import COneDNN
internal import KindlingBackend

/// The library, and what it says when it fails.
enum OneDNN {
    /// The one engine: the processor.
    ///
    /// Nil when the library cannot make it.
    nonisolated(unsafe) static let engine: dnnl_engine_t? = {
        var engine: dnnl_engine_t?
        return dnnl_engine_create(&engine, dnnl_cpu, 0) == dnnl_success ? engine : nil
    }()

    /// Attributes that leave working memory to us.
    ///
    /// Nil when the library cannot make them.
    nonisolated(unsafe) static let attributes = makeAttributes(relu: false)

    /// The same, and negative results become 0.
    nonisolated(unsafe) static let attributesWithReLU = makeAttributes(relu: true)

    private static func makeAttributes(relu: Bool) -> dnnl_primitive_attr_t? {
        var attributes: dnnl_primitive_attr_t?
        guard dnnl_primitive_attr_create(&attributes) == dnnl_success,
            dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user) == dnnl_success
        else { return nil }
        guard relu else { return attributes }
        var operations: dnnl_post_ops_t?
        guard dnnl_post_ops_create(&operations) == dnnl_success else { return nil }
        defer { dnnl_post_ops_destroy(operations) }
        guard dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_relu, 0, 0) == dnnl_success,
            dnnl_primitive_attr_set_post_ops(attributes, operations) == dnnl_success
        else { return nil }
        return attributes
    }

    /// The library's name for an element type it knows.
    static func dataType(_ dtype: DType) -> dnnl_data_type_t? {
        switch dtype {
        case .float32: dnnl_f32
        case .bfloat16: dnnl_bf16
        case .float16: dnnl_f16
        case .int32: dnnl_s32
        case .uint8: dnnl_u8
        case .float64, .int64, .bool: nil
        }
    }
}

/// A failure of the library; `unimplemented` is one, and is answered by another way of computing.
struct OneDNNFailure: Error {
    let status: dnnl_status_t
    /// The call that failed.
    let call: String

    /// The error to throw, with the shapes it happened for.
    func tensorError(_ operation: String, _ shapes: String) -> TensorError {
        TensorError(
            .deviceFailure, operation: operation, "oneDNN answers '\(name)' in \(call) for \(shapes)",
            remedy: "run it in float64, which does without oneDNN, and report it")
    }

    private var name: String { dnnl_status2str(status).map { String(cString: $0) } ?? "status \(status.rawValue)" }
}

/// Throws unless the call succeeded.
func check(_ status: dnnl_status_t, _ call: String) throws(OneDNNFailure) {
    if status != dnnl_success { throw OneDNNFailure(status: status, call: call) }
}
