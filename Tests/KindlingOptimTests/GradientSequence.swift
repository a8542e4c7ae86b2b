// SPDX-License-Identifier: Apache-2.0
import Glibc
import KindlingBackend
import KindlingEngine
import KindlingOptim

/// The parameters and gradients of Fixtures/make_fixtures.py.
struct GradientSequence {
    let parameters: [(name: String, parameter: Parameter)]

    init(_ shapes: [Shape] = [[5], [4, 3]], dtype: DType = .float64) {
        parameters = shapes.enumerated().map { index, shape in
            let numbers = (0..<shape.elementCount).map { index in
                shape.rank == 1 ? 0.5 - 0.3 * Double(index) : cos(1.3 * Double(index))
            }
            return ("p\(index)", Parameter(Tensor(numbers, shape: shape).converted(to: dtype)))
        }
    }

    /// Gives every parameter the gradient of a step.
    func setGradients(_ step: Int) {
        for (_, parameter) in parameters {
            let numbers = (0..<parameter.elementCount).map { index in
                sin(0.7 * Double(step) + Double(index)) + 0.1 * (Double(index) - 2)
            }
            parameter.gradient = Tensor(numbers, shape: parameter.shape).converted(to: parameter.dtype)
        }
    }

    func take(_ steps: Range<Int>, with optimizer: Optimizer) throws {
        for step in steps {
            setGradients(step)
            try optimizer.step()
        }
    }

    /// Every parameter's elements, one after the other.
    func elements() throws -> [Double] {
        try parameters.flatMap { try $0.parameter.value.array(of: Double.self) }
    }

    func gradients() throws -> [Double] {
        try parameters.flatMap { try $0.parameter.gradient?.array(of: Double.self) ?? [] }
    }
}
