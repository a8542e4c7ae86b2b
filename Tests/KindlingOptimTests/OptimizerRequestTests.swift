// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingOptim
import Synchronization
import Testing

/// The processor's backend, which counts what it is asked for.
private final class CountingBackend: Backend {
    private let inner = Device.cpu.backend
    private let requests = Mutex<[String]>([])

    var name: String { "counting" }
    var summary: String { "counts requests" }
    var sharesHostMemory: Bool { inner.sharesHostMemory }

    /// What was asked for since the last time.
    func take() -> [String] {
        requests.withLock { requests in
            defer { requests = [] }
            return requests
        }
    }

    func allocate(byteCount: Int) throws(TensorError) -> Storage {
        let address = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
        return Storage(address: address, byteCount: byteCount, backend: self)
    }

    func release(address: UnsafeMutableRawPointer?, handle: UInt, byteCount: Int) { address?.deallocate() }

    func upload(_ bytes: UnsafeRawBufferPointer, to storage: Storage) throws(TensorError) {
        try inner.upload(bytes, to: storage)
    }

    func download(
        _ storage: Storage, byteOffset: Int, to bytes: UnsafeMutableRawBufferPointer
    ) throws(TensorError) {
        try inner.download(storage, byteOffset: byteOffset, to: bytes)
    }

    func execute(
        _ request: KernelRequest, inputs: Span<Operand>, outputs: Span<Operand>
    ) throws(TensorError) {
        requests.withLock { $0.append(request.name) }
        try inner.execute(request, inputs: inputs, outputs: outputs)
    }

    func synchronize() throws(TensorError) { try inner.synchronize() }
}

/// A step asks the device for as much however many tensors there are.
@Suite struct OptimizerRequestTests {
    /// Ten of each: biases, wide and tall matrices, convolutions.
    private static let shapes: [Shape] = (0..<10).flatMap { _ in [[5], [3, 4], [6, 2], [2, 3, 3, 3]] as [Shape] }

    private func requests(_ rule: any OptimizerRule, steps: Int = 1) throws -> [String] {
        let counting = CountingBackend()
        let device = Device(counting)
        let parameters = OptimizerRequestTests.shapes.enumerated().map { place, shape in
            ("p\(place)", Parameter(Tensor.full(shape, 0.5 + Double(place), dtype: .float32, on: device)))
        }
        let optimizer = try Optimizer(rule, parameters: parameters)
        for _ in 0..<steps {
            for (_, parameter) in parameters {
                parameter.gradient = .full(parameter.shape, 0.25, dtype: .float32, on: device)
            }
            _ = counting.take()
            try optimizer.step(gradientScale: 0.5)
        }
        return counting.take()
    }

    @Test(arguments: OptimizerCase.all) func eachStepIsOneRequestForAllTensors(_ optimizerCase: OptimizerCase) throws {
        guard !(optimizerCase.rule is Muon) else { return }  // Its products are counted below.
        let found = try requests(optimizerCase.rule)
        // Adafactor's matrices have other state than its vectors.
        let count = optimizerCase.rule is Adafactor ? 2 : 1
        #expect(found == Array(repeating: "optimizerStep", count: count))
    }

    @Test func lookaheadHasOneMoreWhereItReturns() throws {
        #expect(try requests(Lookahead(LAMB(), interval: 2), steps: 2) == ["optimizerStep", "optimizerStep"])
        #expect(try requests(Lookahead(LAMB(), interval: 3), steps: 2) == ["optimizerStep"])
    }

    @Test func muonHasThreeRequestsBesidesTheProductsOfEachShape() throws {
        let found = try requests(Muon(iteration: NewtonSchulz(steps: 5)))
        #expect(found.count { $0 == "optimizerStep" } == 3)
        // Three batched products a step of the iteration, for both shapes.
        #expect(found.count { $0 == "matmul" } == 2 * 5 * 3)
    }
}
