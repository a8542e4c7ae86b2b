// SPDX-License-Identifier: Apache-2.0
internal import CBLAS
internal import KindlingBackend

/// Who computes a product, and in which tiles.
///
/// Everything here follows from the sizes alone.
///
/// Measured on two cores of a Zen 4 with AVX-512 (peak 118 GFLOP/s a core), one thread:
/// - own loops reach 92 GFLOP/s at 32³ and 100–110 above, as long as a, and a panel of b, stay in the second-level
///   cache; oneDNN costs 0.3 µs to call and passes them at about 128³ (115 GFLOP/s)
/// - OpenBLAS reaches 104 GFLOP/s on large squares and 85–99 on a batch of 64 rows: it is left for double precision
/// - oneDNN's own split over threads loses a fifth on a transposed b; cutting tiles here and calling it on each does not
enum MatmulChoice {
    /// Who computes a tile.
    enum Kernel {
        /// Own loops in single precision.
        case direct
        /// Own plain loops in double precision.
        case directDouble
        /// Own plain loops over integers.
        case integer
        /// `dnnl_sgemm`.
        case oneDNN
        /// `cblas_dgemm`.
        case openBLAS
    }

    /// How much of the output one thread computes at a time.
    struct Tile {
        let rows: Int
        let columns: Int
    }

    /// Multiply-adds below which a product is not worth a second thread: waking it costs 0.6 µs.
    private static let smallestSplit = 1 << 17
    /// Multiply-adds up to which own loops win.
    private static let largestDirect = 1 << 18
    /// Multiply-adds that are enough for a tile, when there are many.
    private static let largestTile = 1 << 23

    /// Decides for a product.
    static func choose(_ products: MatrixProducts) -> (Kernel, Tile) {
        let (m, n, k) = (products.m, products.n, products.k)
        let kernel = kernel(products)
        let work = m &* n &* k
        guard work >= smallestSplit else { return (kernel, Tile(rows: m, columns: n)) }
        // At least two tiles of one product, unless the batch gives enough of them.
        var parts = products.batch.count >= 8 ? 1 : 2
        while parts < 16, work / parts > largestTile * parts { parts *= 2 }
        return (kernel, cut(m, n, parts))
    }

    private static func kernel(_ products: MatrixProducts) -> Kernel {
        let readable = products.aSteps.isLibraryReadable && products.bSteps.isLibraryReadable && products.k > 0
        switch products.dtype {
        case .float64:
            let largest = max(
                products.m, products.n, products.k, max(products.aSteps.leading, products.bSteps.leading))
            return readable && largest < Int(Int32.max) ? .openBLAS : .directDouble
        case .int32, .int64, .uint8, .bool: return .integer
        case .float32, .float16, .bfloat16:
            return readable && products.m &* products.n &* products.k > largestDirect ? .oneDNN : .direct
        }
    }

    /// Halves the longer side, a little in favour of columns, until there are so many tiles.
    private static func cut(_ m: Int, _ n: Int, _ parts: Int) -> Tile {
        var rows = m
        var columns = n
        var count = 1
        while count < parts {
            if columns * 2 >= rows, columns >= 64 {
                columns = ((columns + 1) / 2 + 15) / 16 * 16
            } else if rows >= 2 {
                rows = rows >= 32 ? ((rows + 1) / 2 + 7) / 8 * 8 : (rows + 1) / 2
            } else {
                break
            }
            count *= 2
        }
        return Tile(rows: rows, columns: columns)
    }

    /// How many tiles a thread takes at a time, so that taking them costs nothing beside the work.
    static func grain(_ products: MatrixProducts) -> Int {
        let tileWork = products.tile.rows * products.tile.columns * max(1, products.k)
        return max(1, (1 << 16) / max(1, tileWork))
    }
}

/// OpenBLAS, told to leave threads to us: its own pool beside libgomp's would spin against it.
enum OpenBLAS {
    /// Whether it has been told.
    static let isSingleThreaded: Bool = {
        openblas_set_num_threads(1)
        return openblas_get_num_threads() == 1
    }()
}
