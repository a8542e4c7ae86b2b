// SPDX-License-Identifier: Apache-2.0

/// A matrix in double precision, as rows.
struct Matrix {
    var rows: [[Double]]
    let columnCount: Int

    init(_ rows: [[Double]], columns: Int) {
        self.rows = rows
        columnCount = columns
    }

    /// From elements in row-major order.
    init(_ elements: ArraySlice<Double>, rows: Int, columns: Int) {
        let elements = Array(elements)
        self.rows = (0..<rows).map { Array(elements[$0 * columns..<($0 + 1) * columns]) }
        columnCount = columns
    }

    static func identity(_ size: Int) -> Matrix {
        Matrix((0..<size).map { row in (0..<size).map { $0 == row ? 1 : 0 } }, columns: size)
    }

    var rowCount: Int { rows.count }
    var elements: [Double] { rows.flatMap(\.self) }
    var transposed: Matrix {
        Matrix((0..<columnCount).map { column in rows.map { $0[column] } }, columns: rowCount)
    }

    func column(_ index: Int) -> [Double] { rows.map { $0[index] } }

    subscript(row: Int, column: Int) -> Double {
        get { rows[row][column] }
        set { rows[row][column] = newValue }
    }
}

func dot(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).map(*).reduce(0, +) }
