// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

/// One request with its operands, to be run on two backends.
struct BackendCall: Sendable, CustomStringConvertible {
    let request: KernelRequest
    let inputs: [TensorSample]
    let outputs: [TensorSample]
    let tolerance: Tolerance
    /// The mistake that it has to be refused for, if its operands are wrong.
    let mistake: TensorError.Code?

    init(
        _ request: KernelRequest, _ inputs: [TensorSample], to outputs: [TensorSample],
        within tolerance: Tolerance, mistake: TensorError.Code? = nil
    ) {
        self.request = request
        self.inputs = inputs
        self.outputs = outputs
        self.tolerance = tolerance
        self.mistake = mistake
    }

    var description: String {
        let arguments = inputs.map(\.description).joined(separator: ", ")
        let results = outputs.map { sample in
            sample.sharedInput.map { "\(sample) over input \($0)" } ?? sample.description
        }
        return "\(words) (\(arguments)) → \(results.joined(separator: ", "))"
    }

    private var words: String {
        switch request {
        case .elementwise, .copy, .gather, .scatterAdd, .optimizerStep: request.name
        case .reduce(let reduction):
            "reduce(\(reduction.function)) over axes \(String(reduction.axes, radix: 2)), scale \(reduction.scale)"
        case .matmul(let matmul): "matmul, bias \(matmul.bias), activation \(matmul.activation)"
        case .convolution(let convolution):
            "convolution \(convolution.direction), groups \(convolution.groups), bias \(convolution.bias), "
                + convolution.window.words
        case .pooling(let pooling):
            "pooling \(pooling.function)\(pooling.backward ? " backward" : ""), \(pooling.window.words)"
        case .softmax(let softmax): "softmax, logarithm \(softmax.logarithm), backward \(softmax.backward)"
        case .normalization(let normalization):
            "normalization of each \(normalization.group), epsilon \(normalization.epsilon), weighted "
                + "\(normalization.weighted), biased \(normalization.biased), backward \(normalization.backward)"
        case .crossEntropy(let entropy):
            "crossEntropy, smoothing \(entropy.smoothing), ignored \(entropy.ignoredClass), weighted "
                + "\(entropy.weighted), backward \(entropy.backward)"
        case .linearAlgebra(let request): "\(request.function) for \(request.operation)"
        case .scan(let scan):
            "scan \(scan.function) along \(scan.axis), reverse \(scan.reverse), exclusive \(scan.exclusive)"
        case .sort(let sort): "sort, descending \(sort.descending), count \(sort.count)"
        case .random(let fill): "random \(fill.distribution), key \(fill.key), stream \(fill.stream)"
        }
    }

    /// Runs it on both and compares every byte of every operand.
    func check(_ backend: any Backend, against reference: any Backend, law: String) -> LawReport {
        var report = LawReport()
        report.callCount = 1
        do throws(TensorError) {
            let got = try run(on: backend)
            if mistake != nil {
                report.violations.append(violation(law, "was done, although an operand is wrong"))
                return report
            }
            let expected = try run(on: reference)
            if let finding = finding(got, expected) { report.violations.append(violation(law, finding)) }
        } catch {
            if error.code == .unsupported {
                report.refusals.append("\(law): \(self)")
            } else if error.code != mistake {
                report.violations.append(violation(law, "threw: \(error)"))
            }
        }
        return report
    }

    private func violation(_ law: String, _ finding: String) -> LawViolation {
        LawViolation(law: law, call: description, finding: finding)
    }

    /// The memory of the inputs, then that of the outputs, after the call.
    private func run(on backend: any Backend) throws(TensorError) -> [[UInt8]] {
        var storages: [Storage] = []
        for input in inputs { storages.append(try stored(input.image(), on: backend)) }
        for output in outputs {
            if let shared = output.sharedInput {
                storages.append(storages[shared])
            } else {
                storages.append(try stored(output.image(), on: backend))
            }
        }
        let operands = zip(inputs + outputs, storages).map { $0.operand(in: $1) }
        let arguments = Array(operands.prefix(inputs.count))
        let results = Array(operands.suffix(outputs.count))
        try backend.execute(request, inputs: arguments.span, outputs: results.span)
        try backend.synchronize()
        var images: [[UInt8]] = []
        for (sample, storage) in zip(inputs + outputs, storages) {
            images.append(try downloaded(sample.image().count, from: storage))
        }
        return images
    }

    /// The first thing that is wrong, in words.
    private func finding(_ got: [[UInt8]], _ expected: [[UInt8]]) -> String? {
        for (number, sample) in outputs.enumerated() {
            let index = inputs.count + number
            if let finding = finding(in: sample, got[index], expected[index]) {
                return outputs.count == 1 ? finding : "output \(number): \(finding)"
            }
        }
        let shared = outputs.compactMap(\.sharedInput)
        for number in inputs.indices where !shared.contains(number) && got[number] != expected[number] {
            return "input \(number) was written to"
        }
        return nil
    }

    private func finding(in sample: TensorSample, _ got: [UInt8], _ expected: [UInt8]) -> String? {
        let size = sample.dtype.byteCount
        var isElement = [Bool](repeating: false, count: got.count)
        for (element, place) in sample.places().enumerated() {
            for byte in place..<(place + size) { isElement[byte] = true }
            let distance = got.withUnsafeBytes { got in
                expected.withUnsafeBytes { expected in
                    tolerance.distance(address(got, place), address(expected, place), as: sample.dtype)
                }
            }
            guard let distance else { continue }
            return "at \(sample.coordinates(of: element)) got \(text(got, place, sample.dtype)), expected "
                + "\(text(expected, place, sample.dtype)), \(distance) \(sample.dtype.isFloatingPoint ? "ulps" : "") apart"
        }
        for byte in got.indices where !isElement[byte] && got[byte] != expected[byte] {
            return "byte \(byte), which belongs to no element, was written to"
        }
        return nil
    }

    private func address(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UnsafeRawPointer {
        guard let base = bytes.baseAddress else { internalFault("a sample without memory") }
        return base + place
    }

    private func text(_ bytes: [UInt8], _ place: Int, _ dtype: DType) -> String {
        bytes.withUnsafeBytes { bytes in
            dtype.isFloatingPoint
                ? "\(dtype.real(at: address(bytes, place)))" : "\(dtype.bits(at: address(bytes, place)))"
        }
    }
}

/// Memory of a backend that holds the bytes.
func stored(_ bytes: [UInt8], on backend: any Backend) throws(TensorError) -> Storage {
    let storage = try backend.allocate(byteCount: bytes.count)
    let result = bytes.withUnsafeBytes { source in
        Result { () throws(TensorError) in try backend.upload(source, to: storage) }
    }
    try result.get()
    return storage
}

/// The first bytes of a backend's memory.
func downloaded(_ count: Int, from storage: Storage, byteOffset: Int = 0) throws(TensorError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let result = bytes.withUnsafeMutableBytes { target in
        Result { () throws(TensorError) in
            try storage.backend.download(storage, byteOffset: byteOffset, to: target)
        }
    }
    try result.get()
    return bytes
}
