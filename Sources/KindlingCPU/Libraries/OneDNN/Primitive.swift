// SPDX-License-Identifier: Apache-2.0
internal import COneDNN
internal import Synchronization

/// A oneDNN primitive with its memory objects, made once and run many times on other addresses.
///
/// The memory objects are its state, so one thread runs it at a time.
final class Primitive: @unchecked Sendable {
    /// One argument: which one it is to the library, and what lies there.
    struct Argument {
        let index: Int32
        let description: dnnl_memory_desc_t
    }

    /// Bytes of working memory that a run needs.
    let scratchByteCount: Int
    private let primitive: dnnl_primitive_t?
    private let stream: dnnl_stream_t?
    private let arguments: UnsafeMutableBufferPointer<dnnl_exec_arg_t>
    private let lock = Mutex<Void>(())

    /// Makes the primitive that `descriptor` describes, and takes the descriptor over.
    init(_ descriptor: dnnl_primitive_desc_t?, _ described: [Argument]) throws(OneDNNFailure) {
        defer { dnnl_primitive_desc_destroy(descriptor) }
        var made: dnnl_primitive_t?
        try check(dnnl_primitive_create(&made, descriptor), "dnnl_primitive_create")
        primitive = made
        var stream: dnnl_stream_t?
        let streamStatus = dnnl_stream_create(&stream, OneDNN.engine, dnnl_stream_default_flags.rawValue)
        self.stream = stream
        var all = described
        if let scratch = dnnl_primitive_desc_query_md(descriptor, dnnl_query_scratchpad_md, 0) {
            scratchByteCount = dnnl_memory_desc_get_size(scratch)
            all.append(Argument(index: DNNL_ARG_SCRATCHPAD, description: scratch.pointee))
        } else {
            scratchByteCount = 0
        }
        arguments = .allocate(capacity: all.count)
        arguments.initialize(repeating: dnnl_exec_arg_t())
        try check(streamStatus, "dnnl_stream_create")
        for (place, argument) in all.enumerated() {
            var memory: dnnl_memory_t?
            var description = argument.description
            try check(dnnl_memory_create(&memory, &description, OneDNN.engine, nil), "dnnl_memory_create")
            arguments[place] = dnnl_exec_arg_t(arg: argument.index, memory: memory)
        }
    }

    deinit {
        for argument in arguments { dnnl_memory_destroy(argument.memory) }
        arguments.deallocate()
        dnnl_stream_destroy(stream)
        dnnl_primitive_destroy(primitive)
    }

    /// Runs it on the addresses given, in the order of its arguments, the working memory last.
    func run(_ addresses: Span<UnsafeMutableRawPointer?>) throws(OneDNNFailure) {
        let status = lock.withLock { _ in
            for place in arguments.indices {
                let address = place < addresses.count ? addresses[place] : nil
                let status = dnnl_memory_set_data_handle(arguments[place].memory, address)
                guard status == dnnl_success else { return status }
            }
            return dnnl_primitive_execute(primitive, stream, Int32(arguments.count), arguments.baseAddress)
        }
        try check(status, "dnnl_primitive_execute")
    }
}
