// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingCPU
import Testing

extension KernelSettingsTests {
    @Suite struct ThreadCountTests {
        /// The bits of everything that falls into ranges: sums of all shapes, softmax, random numbers, scatter, optimizers.
        private func bits(threads: Int) throws -> [[UInt32]] {
            KernelSettings.use(threads: threads)
            defer { KernelSettings.use(threads: nil) }
            let shape: Shape = [37, 61, 129]
            let x = try TestTensor<Float>(.float32, shape)
            try execute(.random(RandomFill(.normal(mean: 0, standardDeviation: 1), key: 3, stream: 4)), [], [x.operand])
            var results = [x.elements.map(\.bitPattern)]
            for axes in UInt8(1)...7 {
                var left: [Int] = []
                for axis in 0..<3 where axes & 1 << axis == 0 { left.append(shape[axis]) }
                let sum = try TestTensor<Float>(.float32, Shape(left))
                try execute(.reduce(Reduction(.sum, axes: axes)), [x.operand], [sum.operand])
                results.append(sum.elements.map(\.bitPattern))
            }
            let y = try TestTensor<Float>(.float32, shape)
            try execute(.softmax(SoftmaxRequest(logarithm: false, backward: false)), [x.operand], [y.operand])
            results.append(y.elements.map(\.bitPattern))
            let indices = try TestTensor<Int64>(.int64, [37], (0..<37).map { Int64($0 * 5 % 7) })
            let scattered = try TestTensor<Float>(.float32, [7, 61, 129])
            try execute(.scatterAdd, [indices.operand, x.operand], [scattered.operand])
            results.append(scattered.elements.map(\.bitPattern))
            let adam = OptimizerStep.Rule.adam(
                learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1, decoupled: true,
                correction1: 0.1, correction2: 0.01)
            let square = try TestTensor<Float>(.float32, shape)
            try execute(.elementwise(ScalarProgram(.square), .float32), [x.operand], [square.operand])
            let all = [x.operand, y.operand, y.operand, square.operand]
            try execute(
                .optimizerStep(OptimizerStep(adam, count: 1, slots: 2)), all, [x.operand, y.operand, square.operand])
            let lamb = OptimizerStep.Rule.lamb(
                learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1, correction1: 0.1,
                correction2: 0.01)
            try execute(
                .optimizerStep(OptimizerStep(lamb, count: 1, slots: 2)), all, [x.operand, y.operand, square.operand])
            results += [x, y, square].map { $0.elements.map(\.bitPattern) }
            for (rows, matrices) in [(37 * 61, 1), (61, 37)] {
                results += try factored(x.elements, Shape([matrices, rows, 129])).map { $0.map(\.bitPattern) }
            }
            return results
        }

        /// What Adafactor makes of matrices: a large one, which falls into parts, or many small ones.
        private func factored(_ elements: [Float], _ shape: Shape) throws -> [[Float]] {
            let parameter = try TestTensor<Float>(.float32, shape, elements)
            let rows = try TestTensor<Float>(
                .float32, [shape[0], shape[1], 1], Array(repeating: 1, count: shape[0] * shape[1]))
            let columns = try TestTensor<Float>(
                .float32, [shape[0], 1, shape[2]], Array(repeating: 1, count: shape[0] * shape[2]))
            let rule = OptimizerStep.Rule.adafactor(
                rate: 0.1, pace: 0.3, epsilon: nil, minimumScale: 1e-3, clipThreshold: 1, decay: 0.01)
            try execute(
                .optimizerStep(OptimizerStep(rule, count: 1, slots: 2)),
                [parameter.operand, parameter.operand, rows.operand, columns.operand],
                [parameter.operand, rows.operand, columns.operand])
            return [parameter.elements, rows.elements, columns.elements]
        }

        @Test(arguments: instructionSets)
        func resultsDoNotDependOnThreads(instructionSet: String) throws {
            guard KernelSettings.use(instructionSet: instructionSet) else { return }
            defer { _ = KernelSettings.use(instructionSet: nil) }
            let one = try bits(threads: 1)
            for threads in [2, 4] {
                let several = try bits(threads: threads)
                #expect(one.indices.filter { several[$0] != one[$0] } == [], "\(threads) threads")
            }
        }
    }
}
