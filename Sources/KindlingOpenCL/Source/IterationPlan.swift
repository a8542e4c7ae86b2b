// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// The fewest axes along which some tensors of one shape can be walked together, in the first one's memory order.
///
/// Axes of one element are dropped; axes that all tensors step through as if they were one are merged.
struct IterationPlan {
    /// How a tensor follows the running number of an element.
    enum Access: UInt8 {
        /// Element `i` is the `i`-th in memory.
        case linear
        /// Always the first element.
        case single
        /// Through the steps of the plan's axes.
        case strided
    }

    /// Sizes, slowest axis first.
    let sizes: [Int]
    /// For each tensor, its steps along these axes.
    let strides: [[Int]]
    /// For each tensor, how it is walked.
    let access: [Access]

    /// The number of elements.
    var count: Int { sizes.reduce(1, *) }

    /// Whether every offset, of element numbers and into each tensor, fits 32 bits.
    let fitsInt32: Bool

    /// Plans the walk.
    ///
    /// `strides` has the steps of each tensor along the axes of `shape`; the first decides the order.
    init(_ shape: Shape, _ tensors: [Strides]) {
        let axes = (0..<shape.rank).filter { shape[$0] != 1 }
        // Axes between which the first tensor makes no difference keep their order.
        let ordered = axes.enumerated().sorted { left, right in
            let (a, b) = (abs(tensors[0][left.element]), abs(tensors[0][right.element]))
            return a == b ? left.offset < right.offset : a > b
        }.map(\.element)
        var (sizes, strides): ([Int], [[Int]]) = ([], tensors.map { _ in [] })
        for axis in ordered {
            let size = shape[axis]
            let outer = sizes.count - 1
            let merges = outer >= 0 && tensors.indices.allSatisfy { strides[$0][outer] == tensors[$0][axis] * size }
            if merges { sizes[outer] *= size } else { sizes.append(size) }
            for (number, tensor) in tensors.enumerated() {
                if merges { strides[number][outer] = tensor[axis] } else { strides[number].append(tensor[axis]) }
            }
        }
        var dense = [Int](repeating: 1, count: sizes.count)
        for axis in sizes.indices.dropLast().reversed() { dense[axis] = dense[axis + 1] * sizes[axis + 1] }
        let reach = strides.map { zip($0, sizes).reduce(0) { $0 + abs($1.0) * $1.1 } }
        access = strides.map { $0.allSatisfy { $0 == 0 } ? .single : $0 == dense ? .linear : .strided }
        fitsInt32 = max(reach.max() ?? 0, sizes.reduce(1, *)) < Int(Int32.max) - 4096
        self.sizes = sizes
        self.strides = strides
    }
}
