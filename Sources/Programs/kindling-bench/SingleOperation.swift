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
    case transposeCopy = "transpose_copy_4096x1024"
    case matmul1024 = "matmul_1024"

    /// Microseconds a call: the median of five runs after a warm-up.
    func microseconds() throws -> Double {
        var stream = RandomStream(seed: 0)["operation"]
        func leaf(_ sizes: Int...) -> Tensor { Parameter(.uniform(Shape(sizes), from: &stream)).value }
        func plain(_ sizes: Int...) -> Tensor { .uniform(Shape(sizes), from: &stream) }
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
        case .transposeCopy:
            let a = plain(4096, 1024).transposed()
            return try time(50) { _ = a.contiguous() }
        case .matmul1024:
            let (a, b) = (plain(1024, 1024), plain(1024, 1024))
            return try time(20) { _ = a.matmul(b) }
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
