// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// How far apart neighbours in a matrix lie, in elements.
struct MatrixSteps {
    /// From one row to the next.
    let row: Int
    /// From one column to the next.
    let column: Int
    /// Whether a library can read it: row-major, or the transpose of that.
    let isLibraryReadable: Bool

    /// Whether columns, not rows, are contiguous.
    var isTransposed: Bool { column != 1 }
    /// The step that libraries call the leading dimension.
    var leading: Int { isTransposed ? column : row }

    /// The steps in the last two axes.
    init(_ operand: Operand, rows: Int, columns: Int) {
        let rank = operand.shape.rank
        self.init(row: operand.strides[rank - 2], column: operand.strides[rank - 1], rows: rows, columns: columns)
    }

    /// The steps given; those along an axis of one element mean nothing and are set so that libraries take them.
    init(row: Int, column: Int, rows: Int, columns: Int) {
        var row = row
        var column = column
        if columns == 1 {
            column = 1
            if rows == 1 || row < 1 && rows <= 1 { row = 1 }
        } else if rows == 1 {
            row = column == 1 ? columns : 1
        }
        self.row = row
        self.column = column
        isLibraryReadable = column == 1 && row >= columns || row == 1 && column >= rows
    }
}

/// How the matrices of a batch lie: the axes before the last two, without those of size 1.
struct BatchSteps {
    /// How many products.
    private(set) var count = 1
    private var rank = 0
    private var sizes = InlineArray<8, Int>(repeating: 1)
    private var left = InlineArray<8, Int>(repeating: 0)
    private var right = InlineArray<8, Int>(repeating: 0)

    /// One product.
    init() {}

    /// The batch of an output's shape; factors of fewer axes are repeated.
    init(_ shape: Shape, _ a: Operand, _ b: Operand) {
        for axis in 0..<(shape.rank - 2) where shape[axis] != 1 {
            sizes[rank] = shape[axis]
            left[rank] = BatchSteps.step(a, axis + a.shape.rank - shape.rank)
            right[rank] = BatchSteps.step(b, axis + b.shape.rank - shape.rank)
            count *= shape[axis]
            rank += 1
        }
    }

    private static func step(_ operand: Operand, _ axis: Int) -> Int {
        axis < 0 || operand.shape[axis] == 1 ? 0 : operand.strides[axis]
    }

    /// The sizes of the batch axes.
    var allSizes: [Int] { (0..<rank).map { sizes[$0] } }
    /// The left factor's steps along the batch axes.
    var leftSteps: [Int] { (0..<rank).map { left[$0] } }
    /// The right factor's steps along the batch axes.
    var rightSteps: [Int] { (0..<rank).map { right[$0] } }
    /// The sizes of a factor's batch axes, 1 where it is repeated.
    func sizes(_ steps: [Int]) -> [Int] { steps.indices.map { steps[$0] == 0 ? 1 : sizes[$0] } }
    /// The steps, 1 along axes where the factor is repeated and steps mean nothing.
    func filled(_ steps: [Int]) -> [Int] { steps.map { max(1, $0) } }

    /// Whether there is a batch, and the right factor is the same in all of it.
    var repeatsRight: Bool {
        guard rank > 0 else { return false }
        for axis in 0..<rank where right[axis] != 0 { return false }
        return true
    }

    /// The step from row to row when the rows of all left factors follow each other evenly, so that the batch is one
    /// tall matrix; nil when they do not.
    func foldedRows(_ rows: Int, _ step: Int) -> Int? {
        var expected = rows == 1 ? left[rank - 1] : step * rows
        for axis in stride(from: rank - 1, through: 0, by: -1) {
            guard left[axis] == expected else { return nil }
            expected *= sizes[axis]
        }
        return rows == 1 ? left[rank - 1] : step
    }

    /// Where the factors of product `index` begin, in elements.
    func offsets(_ index: Int) -> (left: Int, right: Int) {
        var rest = index
        var offsets = (left: 0, right: 0)
        var axis = rank - 1
        while axis >= 0 {
            let place = rest % sizes[axis]
            rest /= sizes[axis]
            offsets.left += place * left[axis]
            offsets.right += place * right[axis]
            axis -= 1
        }
        return offsets
    }
}
