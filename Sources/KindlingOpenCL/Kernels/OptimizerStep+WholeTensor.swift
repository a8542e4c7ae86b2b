// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension OpenCLBackend {
    /// Queues the steps of rules that know sums of whole tensors: programs and reductions, tensor by tensor.
    func wholeTensorStep(
        _ step: OptimizerStep, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        var allInputs: [Operand] = []
        var allOutputs: [Operand] = []
        for index in inputs.indices { allInputs.append(inputs[index]) }
        for index in outputs.indices { allOutputs.append(outputs[index]) }
        for tensor in 0..<step.count {
            let (first, firstOutput) = (tensor * (2 + step.slots), tensor * (1 + step.slots))
            let operands = Array(allInputs[first..<first + 2 + step.slots])
            let results = Array(allOutputs[firstOutput..<firstOutput + 1 + step.slots])
            var work = WholeTensorWork(self, operands[0])
            switch step.rule {
            case .lamb: try lamb(step, operands, results, &work)
            case .adafactor: try adafactor(step, operands, results, &work)
            case .sgd, .adam, .adamax, .nadam, .radam, .rmsProp, .adagrad, .adadelta, .lion, .program:
                internalFault("\(step.rule) needs no sums")
            }
            withExtendedLifetime(work) {}
        }
    }

    /// Moments, Σ p² and Σ u²; then the parameter.
    private func lamb(
        _ step: OptimizerStep, _ inputs: [Operand], _ outputs: [Operand], _ work: inout WholeTensorWork
    ) throws(TensorError) {
        guard
            case .lamb(
                let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let correction1, let correction2) =
                step.rule
        else { return }  // The caller has chosen.
        let (direction, size, length) = (try work.tensor(), try work.tensor(), try work.tensor())
        var moments = ScalarProgram(
            inputs: 4,
            constants: [
                step.gradientScale, beta1, 1 - beta1, beta2, 1 - beta2, 1 / correction1, 1 / correction2, epsilon,
                weightDecay,
            ])
        let gradient = moments.append(.multiply, 1, moments.constant(0))
        let share = moments.append(.multiply, gradient, moments.constant(2))
        let m = moments.append(.multiplyAdd, 2, moments.constant(1), share)
        let square = moments.append(.square, gradient)
        let squareShare = moments.append(.multiply, square, moments.constant(4))
        let v = moments.append(.multiplyAdd, 3, moments.constant(3), squareShare)
        let corrected = moments.append(.squareRoot, moments.append(.multiply, v, moments.constant(6)))
        let divisor = moments.append(.add, corrected, moments.constant(7))
        let mean = moments.append(.multiply, m, moments.constant(5))
        let adapted = moments.append(.divide, mean, divisor)
        let change = moments.append(.multiplyAdd, 0, moments.constant(8), adapted)
        moments.outputs = [m, v, change, moments.append(.square, 0), moments.append(.square, change)]
        try work.run(moments, [outputs[1], outputs[2], direction, size, length] + inputs)

        var move = ScalarProgram(inputs: 4, constants: [0, 1, -learningRate])
        let sizeRoot = move.append(.squareRoot, 2), lengthRoot = move.append(.squareRoot, 3)
        let some = move.append(.less, move.constant(0), sizeRoot),
            any = move.append(.less, move.constant(0), lengthRoot)
        let both = move.append(.logicalAnd, some, any)
        let quotient = move.append(.divide, sizeRoot, lengthRoot)
        let ratio = move.append(.select, both, quotient, move.constant(1))
        let rate = move.append(.multiply, ratio, move.constant(2))
        move.outputs = [move.append(.multiplyAdd, rate, 1, 0)]
        try work.run(move, [outputs[0], inputs[0], direction, try work.sum(size), try work.sum(length)])
    }

    /// Means of squares; then u, its size and the parameter's; then the parameter.
    private func adafactor(
        _ step: OptimizerStep, _ inputs: [Operand], _ outputs: [Operand], _ work: inout WholeTensorWork
    ) throws(TensorError) {
        guard
            case .adafactor(let rate, let pace, let given, let minimumScale, let clipThreshold, let decay) = step.rule
        else { return }  // The caller has chosen.
        guard inputs[0].shape.elementCount > 0 else {
            for slot in 0..<step.slots { try copy(inputs[2 + slot], outputs[1 + slot]) }
            return
        }
        let epsilon = given ?? (inputs[0].dtype == .float64 ? Double.ulpOfOne : Double(Float.ulpOfOne))
        let squares = try work.tensor(), sizes = try work.tensor()
        var square = ScalarProgram(inputs: 2, constants: [step.gradientScale])
        let gradient = square.append(.multiply, 0, square.constant(0))
        square.outputs = [square.append(.square, gradient), square.append(.square, 1)]
        try work.run(square, [squares, sizes, inputs[1], inputs[0]])

        var follow = ScalarProgram(inputs: 2, constants: [pace])
        let way = follow.append(.subtract, 1, 0)
        follow.outputs = [follow.append(.multiplyAdd, follow.constant(0), way, 0)]
        let rank = squares.shape.rank
        let (moments, divisor): (Operand, Operand?)
        var columns: Operand?
        if step.slots == 2 {
            try work.run(follow, [outputs[1], inputs[2], try work.mean(squares, over: rank - 1)])
            try work.run(follow, [outputs[2], inputs[3], try work.mean(squares, over: rank - 2)])
            (moments, divisor, columns) = (outputs[1], try work.mean(outputs[1], over: rank - 2), outputs[2])
        } else {
            try work.run(follow, [outputs[1], inputs[2], squares])
            (moments, divisor) = (outputs[1], nil)
        }
        let changes = try work.tensor(), lengths = try work.tensor()
        var direct = ScalarProgram(
            inputs: step.slots == 2 ? 4 : 2, constants: [step.gradientScale, epsilon, epsilon * epsilon])
        var moment: UInt8 = 1
        if step.slots == 2 {
            let mean = direct.append(.maximum, 3, direct.constant(1))
            moment = direct.append(.multiply, direct.append(.divide, 1, mean), 2)
        }
        let root = direct.append(.squareRoot, direct.append(.maximum, moment, direct.constant(2)))
        let change = direct.append(.divide, direct.append(.multiply, 0, direct.constant(0)), root)
        direct.outputs = [change, direct.append(.square, change)]
        try work.run(direct, [changes, lengths, inputs[1], moments] + [columns, divisor].compactMap { $0 })

        var move = ScalarProgram(inputs: 4, constants: [1 - decay, minimumScale, 1 / clipThreshold, 1, -rate])
        let length = move.append(.multiply, move.append(.squareRoot, 3), move.constant(2))
        let cut = move.append(.maximum, length, move.constant(3))
        let size = move.append(.maximum, move.append(.squareRoot, 2), move.constant(1))
        let scaled = move.append(.multiply, move.append(.divide, size, cut), move.constant(4))
        let kept = move.append(.multiply, 0, move.constant(0))
        move.outputs = [move.append(.multiplyAdd, scaled, 1, kept)]
        let count = Double(inputs[0].shape.elementCount)
        try work.run(
            move,
            [outputs[0], inputs[0], changes, try work.sum(sizes, by: 1 / count), try work.sum(lengths, by: 1 / count)]
        )
    }
}

/// Memory that lives as long as one tensor's step, and what is computed in it.
private struct WholeTensorWork {
    private let backend: OpenCLBackend
    private let like: Operand
    private var kept: [Storage] = []

    init(_ backend: OpenCLBackend, _ like: Operand) {
        self.backend = backend
        self.like = like
    }

    /// A tensor of the parameter's type, of its shape unless another is given.
    mutating func tensor(_ shape: Shape? = nil) throws(TensorError) -> Operand {
        let shape = shape ?? like.shape
        let storage = try backend.scratch(like.dtype, shape)
        kept.append(storage)
        return Operand(storage, like.dtype, shape)
    }

    /// A program over outputs, then inputs; inputs of one element along an axis are repeated along it.
    func run(_ program: ScalarProgram, _ operands: [Operand]) throws(TensorError) {
        let shape = operands[0].shape
        try backend.elementwise(
            program, like.dtype.arithmetic, operands.map { $0.repeated(to: shape) }, "optimizerStep")
    }

    /// The sum of all elements, for programs over any shape.
    mutating func sum(_ operand: Operand, by scale: Double = 1) throws(TensorError) -> Operand {
        let (line, result) = (operand.reshaped(to: [operand.shape.elementCount]), try tensor([]))
        try backend.reduce(Reduction(.sum, axes: 1, scale: scale), line, result)
        return result.reshaped(to: Shape(operand.shape.dimensions.map { _ in 1 }))
    }

    /// The means over an axis, which keeps one place.
    mutating func mean(_ operand: Operand, over axis: Int) throws(TensorError) -> Operand {
        var sizes = operand.shape.dimensions
        let count = sizes.remove(at: axis)
        let result = try tensor(Shape(sizes))
        try backend.reduce(Reduction(.sum, axes: 1 << UInt8(axis), scale: 1 / Double(count)), operand, result)
        sizes.insert(1, at: axis)
        return result.reshaped(to: Shape(sizes))
    }
}

extension Operand {
    /// The same row-major elements in another shape.
    fileprivate func reshaped(to shape: Shape) -> Operand {
        Operand(
            storage: storage, offset: offset, dtype: dtype, shape: shape, strides: Strides(rowMajor: shape),
            isRowMajor: true)
    }

    /// Repeated along the axes where it has one element and `shape` more.
    fileprivate func repeated(to shape: Shape) -> Operand {
        guard self.shape != shape else { return self }
        var steps = strides
        for axis in 0..<shape.rank where self.shape[axis] == 1 { steps[axis] = 0 }
        return Operand(
            storage: storage, offset: offset, dtype: dtype, shape: shape, strides: steps, isRowMajor: false)
    }
}
