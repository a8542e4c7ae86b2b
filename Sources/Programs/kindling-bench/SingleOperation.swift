// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

/// An operation by itself: what a call costs, and how fast large tensors go through.
enum SingleOperation: String, CaseIterable, ExpressibleByArgument {
    case add8 = "add_8"
    case add8NoGrad = "add_8_no_grad"
    case productSumBackward8 = "product_sum_backward_8"
    case add4M = "add_4m"
    case gelu4M = "gelu_4m"
    case exp4M = "exp_4m"
    case sum4M = "sum_4m"
    case softmax = "softmax_4096x1024"
    case layerNorm = "layernorm_4096x1024"
    case transposeCopy = "transpose_copy_4096x1024"
    case matmul1024 = "matmul_1024"
    case convolution = "conv3x3_64_32"
    case convolutionBackward = "conv3x3_64_32_backward"

    /// Microseconds a call: the median of five runs after a warm-up.
    func microseconds(_ precision: BenchPrecision) throws -> Double {
        var stream = RandomStream(seed: 0)["operation"]
        func drawn(_ sizes: [Int]) -> Tensor {
            .uniform(Shape(sizes), from: &stream).converted(to: precision.dtype)
        }
        func leaf(_ sizes: Int...) -> Tensor { Parameter(drawn(sizes)).value }
        func plain(_ sizes: Int...) -> Tensor { drawn(sizes) }
        switch self {
        case .add8:
            let (a, b) = (leaf(8), leaf(8))
            return try time(100_000) { _ = a + b }
        case .add8NoGrad:
            let (a, b) = (plain(8), plain(8))
            return try time(100_000) { _ = a + b }
        case .productSumBackward8:
            let w = Parameter(plain(8))
            let v = plain(8)
            return try time(50_000) {
                try (w.value * v).sum().backward()
                w.gradient = nil
            }
        case .add4M:
            let (a, b) = (plain(4 << 20), plain(4 << 20))
            return try time(100) { _ = a + b }
        case .gelu4M:
            let a = plain(4 << 20)
            return try time(50) { _ = a.gelu() }
        case .exp4M:
            let a = plain(4 << 20)
            return try time(100) { _ = a.exp() }
        case .sum4M:
            let a = plain(4 << 20)
            return try time(200) { _ = a.sum() }
        case .softmax:
            let a = plain(4096, 1024)
            return try time(50) { _ = a.softmax() }
        case .layerNorm:
            let (a, weight, bias) = (plain(4096, 1024), plain(1024), plain(1024))
            return try time(50) { _ = a.layerNormalized(weight: weight, bias: bias) }
        case .transposeCopy:
            let a = plain(4096, 1024).transposed()
            return try time(50) { _ = a.contiguous() }
        case .matmul1024:
            let (a, b) = (plain(1024, 1024), plain(1024, 1024))
            return try time(20) { _ = a.matmul(b) }
        case .convolution:
            let (a, weight) = (plain(64, 64, 32, 32), plain(64, 64, 3, 3))
            return try time(10) { _ = a.convolved(weight: weight, padding: [1]) }
        case .convolutionBackward:
            let (a, weight) = (plain(64, 64, 32, 32), plain(64, 64, 3, 3))
            let seed = plain(64, 64, 32, 32)
            return try time(5) {
                _ = try vectorJacobianProduct(at: [a, weight], vector: seed) {
                    $0[0].convolved(weight: $0[1], padding: [1])
                }
            }
        }
    }

    /// The peers' key for the same thing.
    var peerKey: String {
        switch self {
        case .add8: "add8_grad"
        case .add8NoGrad: "add8_nograd"
        case .productSumBackward8: "fwd_bwd_mul_sum8"
        case .add4M: "add_4M_us"
        case .gelu4M: "gelu_4M_us"
        case .exp4M: "exp_4M_us"
        case .sum4M: "sum_4M_us"
        case .softmax, .layerNorm, .transposeCopy: "\(rawValue)_us"
        case .matmul1024: "sgemm_1024_gflops"
        case .convolution: "conv3x3_64_32_fwd_gflops"
        case .convolutionBackward: "conv3x3_64_32_fwdbwd_gflops"
        }
    }

    /// The floating-point work behind a peer's figure in GFLOP/s; nil where it is in microseconds.
    var peerWork: Double? {
        let convolution = 2.0 * 64 * 64 * 64 * 9 * 32 * 32
        switch self {
        case .matmul1024: return 2 * 1024 * 1024 * 1024
        case .convolution: return convolution
        case .convolutionBackward: return 3 * convolution
        default: return nil
        }
    }

    private func time(_ count: Int, _ body: () throws -> Void) throws -> Double {
        try withTensorErrors {
            for _ in 0..<max(3, count / 10) { try body() }
            let clock = ContinuousClock()
            let runs = try (0..<5).map { _ in
                try clock.measure { for _ in 0..<count { try body() } }.seconds / Double(count) * 1e6
            }
            return runs.sorted()[2]
        }
    }
}
