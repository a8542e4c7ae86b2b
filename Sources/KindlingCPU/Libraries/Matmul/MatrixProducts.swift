// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

/// A batch of equal products c = activation(a · b + bias), cut into tiles that threads take one by one.
///
/// Tiles depend on the sizes alone, never on the number of threads: so neither do results.
struct MatrixProducts {
    var m: Int
    var n: Int
    var k: Int
    let a: UnsafeMutableRawPointer
    let b: UnsafeMutableRawPointer
    let c: UnsafeMutableRawPointer
    let bias: UnsafeMutableRawPointer?
    let relu: Bool
    let dtype: DType
    var aSteps: MatrixSteps
    var bSteps: MatrixSteps
    var batch: BatchSteps
    var kernel = MatmulChoice.Kernel.direct
    var tile = MatmulChoice.Tile(rows: 0, columns: 0)

    /// Reads the operands, or gives nil when one has no address.
    init?(_ request: Matmul, _ inputs: Span<Operand>, _ output: Operand) {
        let rank = output.shape.rank
        m = output.shape[rank - 2]
        n = output.shape[rank - 1]
        let left = inputs[0]
        let right = inputs[1]
        k = left.shape[left.shape.rank - 1]
        guard let c = output.address else { return nil }
        // Without a shared axis the factors are empty and have no address: nothing is read through these.
        guard let a = left.address ?? (k == 0 ? c : nil), let b = right.address ?? (k == 0 ? c : nil) else {
            return nil
        }
        if request.bias {
            guard let address = inputs[2].address else { return nil }
            bias = address
        } else {
            bias = nil
        }
        self.a = a
        self.b = b
        self.c = c
        relu = request.activation == .relu
        dtype = output.dtype
        aSteps = MatrixSteps(left, rows: m, columns: k)
        bSteps = MatrixSteps(right, rows: k, columns: n)
        batch = BatchSteps(output.shape, left, right)
        if batch.repeatsRight, let step = batch.foldedRows(m, aSteps.row) {
            aSteps = MatrixSteps(row: step, column: aSteps.column, rows: m * batch.count, columns: k)
            m *= batch.count
            batch = BatchSteps()
        }
        (kernel, tile) = MatmulChoice.choose(self)
    }

    private var tilesAcross: Int { (n + tile.columns - 1) / tile.columns }
    private var tilesDown: Int { (m + tile.rows - 1) / tile.rows }

    /// Computes everything.
    mutating func run() {
        let count = tilesAcross * tilesDown * batch.count
        if count == 1 {
            compute(item: 0)
            return
        }
        let grain = MatmulChoice.grain(self)
        if kernel == .oneDNN { kd_adopt_thread_count() }
        withUnsafeMutablePointer(to: &self) { products in
            kd_parallel_for(
                Int64(count), Int64(grain),
                { context, begin, end in
                    guard let products = context?.assumingMemoryBound(to: MatrixProducts.self) else { return }
                    for item in begin..<end { products.pointee.compute(item: Int(item)) }
                }, products)
        }
    }

    /// Computes one tile of one product.
    private func compute(item: Int) {
        let across = tilesAcross
        let tiles = across * tilesDown
        let index = batch.count == 1 ? 0 : item / tiles
        let place = item - index * tiles
        let row = place / across * tile.rows
        let column = place % across * tile.columns
        let (aBatch, bBatch) = batch.offsets(index)
        let size = dtype.byteCount
        let part = MatrixTile(
            m: min(tile.rows, m - row), n: min(tile.columns, n - column), k: k,
            a: a + (aBatch + row * aSteps.row) * size, b: b + (bBatch + column * bSteps.column) * size,
            c: c + ((index * m + row) * n + column) * size, cRow: n, bias: bias.map { $0 + column * size },
            relu: relu, aSteps: aSteps, bSteps: bSteps)
        switch kernel {
        case .direct: part.direct()
        case .oneDNN: part.oneDNN()
        case .openBLAS: part.openBLAS()
        case .directDouble: part.directDouble()
        case .integer: part.integer(Int32(dtype.rawValue))
        }
    }
}
