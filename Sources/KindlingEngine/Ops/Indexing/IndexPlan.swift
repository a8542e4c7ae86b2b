// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// What indices in brackets mean for a shape: a part that steps through the same memory, and what is done to it then.
struct IndexPlan {
    private(set) var sights: [AxisSight] = []
    /// The axes of the part that run backwards.
    private(set) var reversed: [Int] = []
    /// The axes of the part from which tensors pick; neighbours.
    private(set) var picks: [(axis: Int, indices: Tensor)] = []
    private var rank = 0

    /// Whether it is a part of the same memory.
    var isSight: Bool { reversed.isEmpty && picks.isEmpty }

    init(_ given: [AxisIndex], _ shape: Shape) throws(TensorError) {
        let indices = try IndexPlan.namingMasked(given, shape)
        var named = 0
        var ellipses = 0
        for index in indices {
            switch index.kind {
            case .ellipsis: ellipses += 1
            case .newAxis: break
            case .at, .span, .tensor: named += 1
            }
        }
        guard named <= shape.rank, ellipses <= 1 else {
            throw TensorError(
                .invalidAxis, operation: "index",
                ellipses > 1
                    ? "more than one .ellipsis leaves open which axes are meant"
                    : "\(named) indices are more than shape \(shape) has axes")
        }
        var axis = 0
        for index in indices {
            if case .ellipsis = index.kind {
                let whole = shape.rank - named
                for _ in 0..<whole {
                    keep(.span(start: 0, step: 1, count: shape[axis]))
                    axis += 1
                }
            } else {
                try append(index, size: axis < shape.rank ? shape[axis] : 0, axis)
                if case .newAxis = index.kind { continue }
                axis += 1
            }
        }
        while axis < shape.rank {
            keep(.span(start: 0, step: 1, count: shape[axis]))
            axis += 1
        }
        guard rank <= Shape.maximumRank else {
            throw TensorError(
                .shapeMismatch, operation: "index",
                "a tensor of \(rank) axes is more than the \(Shape.maximumRank) that are supported")
        }
        for (before, pick) in zip(picks, picks.dropFirst()) where before.axis + 1 != pick.axis {
            throw TensorError(
                .unsupported, operation: "index", "tensors of indices must stand next to each other",
                remedy: "permute the axes first, or index in two steps")
        }
    }

    private mutating func keep(_ sight: AxisSight) {
        sights.append(sight)
        rank += 1
    }

    private mutating func append(_ index: AxisIndex, size: Int, _ axis: Int) throws(TensorError) {
        switch index.kind {
        case .newAxis: keep(.added)
        case .ellipsis: break
        case .at(let number):
            let place = number < 0 ? number + size : number
            guard place >= 0, place < size else {
                throw TensorError(
                    .indexOutOfRange, operation: "index",
                    "index \(number) is outside axis \(axis), which has size \(size)",
                    remedy: size == 0 ? "the axis is empty" : "give an index in \(-size) ... \(size - 1)")
            }
            sights.append(.at(place))
        case .tensor(let indices):
            try indices.requireWholeNumbers("index")
            picks.append((rank, indices))
            keep(.span(start: 0, step: 1, count: size))
        case .span(let from, let to, let step):
            if step < 0 { reversed.append(rank) }
            keep(try span(from, to, step, size: size, axis))
        }
    }

    private func span(_ from: Int?, _ to: Int?, _ step: Int, size: Int, _ axis: Int) throws(TensorError) -> AxisSight {
        func bound(_ bound: Int?, else own: Int) -> Int { bound.map { $0 < 0 ? $0 + size : $0 } ?? own }
        let (first, end) = step < 0 ? (size - 1, -1) : (0, size)
        let (start, stop) = (bound(from, else: first), bound(to, else: end))
        let fits =
            step < 0
            ? (start >= 0 && start < size || size == 0 && start == -1) && stop >= -1 && stop <= start
            : start >= 0 && stop <= size && start <= stop
        guard step != 0, fits else {
            let text = "\(from.map(String.init) ?? "")..<\(to.map(String.init) ?? "")"
            throw TensorError(
                .indexOutOfRange, operation: "index",
                step == 0
                    ? "a step of 0 goes nowhere"
                    : "\(text) by \(step) does not fit axis \(axis), which has size \(size)",
                remedy: step == 0 ? "use 1, or -1 to go backwards" : "")
        }
        let pace = step == .min ? Int.max : abs(step)
        let length = abs(stop - start)
        let count = length == 0 ? 0 : (length - 1) / pace + 1
        let lowest = step < 0 && count > 0 ? start - (count - 1) * pace : start
        return .span(start: lowest, step: count > 1 ? pace : 1, count: count)
    }
}
