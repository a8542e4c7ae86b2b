// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension OpenCLBackend {
    /// Queues a reduction: some items walk the elements of one result, then a tree in local memory joins them.
    ///
    /// Long reductions with few results are cut into parts first, so that the whole device takes part.
    func reduce(_ reduction: Reduction, _ input: Operand, _ output: Operand) throws(TensorError) {
        let plan = ReductionPlan(input.shape, axes: reduction.axes)
        guard plan.outputCount > 0 else { return }  // No results, no work.
        try requireFloat64([input.dtype, output.dtype], input.dtype.arithmetic, "reduce")
        let parts = partCount(reduction, plan)
        guard parts > 1 else { return try reduce(reduction, plan, parts: 1, input, output) }
        let shape = Shape([plan.outputCount, parts])
        let accumulator: DType = Self.accumulator(of: input.dtype.arithmetic)
        let storage = try scratch(accumulator, shape)
        let partial = Operand(storage, accumulator, shape)
        try reduce(Reduction(reduction.function, axes: reduction.axes), plan, parts: parts, input, partial)
        try reduce(
            Reduction(reduction.function, axes: 2, scale: reduction.scale), ReductionPlan(shape, axes: 2), parts: 1,
            partial, output)
        withExtendedLifetime(storage) {}
    }

    /// In how many parts each result is calculated.
    ///
    /// Places are not joined from parts.
    private func partCount(_ reduction: Reduction, _ plan: ReductionPlan) -> Int {
        guard !reduction.function.givesPlace else { return 1 }
        let wanted = device.computeUnits * 4 / max(1, plan.outputCount)
        return max(1, min(wanted, plan.reducedCount / 16384, 256))
    }

    private func reduce(
        _ reduction: Reduction, _ plan: ReductionPlan, parts: Int, _ input: Operand, _ output: Operand
    ) throws(TensorError) {
        let arithmetic = input.dtype.arithmetic
        let source = ReductionSource(
            function: reduction.function, input: input.dtype, output: output.dtype, keptRank: plan.kept.count,
            reducedRank: plan.reduced.count, scale: scaling(reduction, arithmetic))
        let kernel = try programs.kernel(source.key, for: "reduce") { source.text }
        let rows = plan.outputCount * parts
        let each = (plan.reducedCount + parts - 1) / parts
        // Where neighbours in memory belong to different results, one item each reads them side by side.
        let alone = !plan.lastAxisIsReduced && rows >= 64
        let groups = RowGroups(rows: rows, itemsPerRow: alone ? 1 : each / 4, maximum: device.maximumGroupSize)
        var arguments: [KernelArgument] = [
            .buffer(output.storage), .long(Int64(output.offset)), .buffer(input.storage), .long(Int64(input.offset)),
            .long(Int64(rows)), .long(Int64(parts)), .long(Int64(each)), .long(Int64(plan.reducedCount)),
        ]
        if let scale = source.scale { arguments.append(.number(reduction.scale, scale)) }
        for axis in plan.kept + plan.reduced { arguments += [.long(Int64(axis.size)), .long(Int64(axis.step))] }
        arguments.append(.local(groups.itemsOfGroup * 8))
        if reduction.function.givesPlace { arguments.append(.local(groups.itemsOfGroup * 8)) }
        try launch(kernel, arguments, over: groups.extent, for: "reduce")
    }

    /// In what a sum is multiplied with its scale; integers in the most precise real numbers there are.
    private func scaling(_ reduction: Reduction, _ arithmetic: Arithmetic) -> Arithmetic? {
        guard reduction.function == .sum, reduction.scale != 1 else { return nil }
        return arithmetic != .int64 ? arithmetic : supports(.float64) ? .float64 : .float32
    }

    /// The element type that holds a register without loss.
    static func accumulator(of arithmetic: Arithmetic) -> DType {
        switch arithmetic {
        case .float32: .float32
        case .float64: .float64
        case .int64: .int64
        }
    }
}

extension Reduction.Function {
    /// Whether the result is where the element is, not what it is.
    var givesPlace: Bool {
        switch self {
        case .argumentOfMinimum, .argumentOfMaximum: true
        case .sum, .product, .minimum, .maximum: false
        }
    }
}

/// The axes of a row-major tensor, neighbours of one kind merged, parted into those that stay and those that go.
struct ReductionPlan {
    struct Axis {
        var size: Int
        var step: Int
    }
    private(set) var kept: [Axis] = []
    private(set) var reduced: [Axis] = []
    private(set) var lastAxisIsReduced = true

    var outputCount: Int { kept.reduce(1) { $0 * $1.size } }
    var reducedCount: Int { reduced.reduce(1) { $0 * $1.size } }

    init(_ shape: Shape, axes: UInt8) {
        let strides = Strides(rowMajor: shape)
        var previous: Bool?
        for axis in 0..<shape.rank where shape[axis] != 1 {
            let isReduced = axes & (1 << UInt8(axis)) != 0
            let step = Axis(size: shape[axis], step: strides[axis])
            if isReduced {
                Self.extend(&reduced, step, merging: previous == true)
            } else {
                Self.extend(&kept, step, merging: previous == false)
            }
            previous = isReduced
            lastAxisIsReduced = isReduced
        }
    }

    private static func extend(_ axes: inout [Axis], _ axis: Axis, merging: Bool) {
        if merging, let last = axes.indices.last {
            axes[last] = Axis(size: axes[last].size * axis.size, step: axis.step)
        } else {
            axes.append(axis)
        }
    }
}
