// SPDX-License-Identifier: Apache-2.0
internal import CBLAS
internal import CKernels
internal import COneDNN

/// A part of a product that one thread computes: all of k, bias and activation included.
struct MatrixTile {
    let m: Int
    let n: Int
    let k: Int
    let a: UnsafeMutableRawPointer
    let b: UnsafeMutableRawPointer
    let c: UnsafeMutableRawPointer
    let cRow: Int
    let bias: UnsafeMutableRawPointer?
    let relu: Bool
    let aSteps: MatrixSteps
    let bSteps: MatrixSteps

    /// By own loops.
    func direct() {
        var product = kd_gemm_f32(
            m: Int64(m), n: Int64(n), k: Int64(k), a: a.assumingMemoryBound(to: Float.self),
            a_row: Int64(aSteps.row), a_column: Int64(aSteps.column), b: b.assumingMemoryBound(to: Float.self),
            b_row: Int64(bSteps.row), b_column: Int64(bSteps.column), c: c.assumingMemoryBound(to: Float.self),
            c_row: Int64(cRow), bias: bias?.assumingMemoryBound(to: Float.self), relu: relu ? 1 : 0)
        kd_gemm_direct_f32(&product)
    }

    /// By oneDNN, which works on this thread alone when a pool's thread calls it.
    func oneDNN() {
        let status = dnnl_sgemm(
            aSteps.isTransposed ? transposed : plain, bSteps.isTransposed ? transposed : plain, dnnl_dim_t(m),
            dnnl_dim_t(n), dnnl_dim_t(k), 1, a.assumingMemoryBound(to: Float.self), dnnl_dim_t(aSteps.leading),
            b.assumingMemoryBound(to: Float.self), dnnl_dim_t(bSteps.leading), 0,
            c.assumingMemoryBound(to: Float.self), dnnl_dim_t(cRow))
        // It fails when it finds no memory for its copies of a and b; own loops need none.
        guard status == dnnl_success else { return direct() }
        if bias != nil || relu {
            kd_gemm_epilogue_f32(
                c.assumingMemoryBound(to: Float.self), Int64(cRow), Int64(m), Int64(n),
                bias?.assumingMemoryBound(to: Float.self), relu ? 1 : 0)
        }
    }

    /// By OpenBLAS in double precision.
    func openBLAS() {
        _ = OpenBLAS.isSingleThreaded
        cblas_dgemm(
            CblasRowMajor, aSteps.isTransposed ? CblasTrans : CblasNoTrans,
            bSteps.isTransposed ? CblasTrans : CblasNoTrans, blasint(m), blasint(n), blasint(k), 1,
            a.assumingMemoryBound(to: Double.self), blasint(aSteps.leading), b.assumingMemoryBound(to: Double.self),
            blasint(bSteps.leading), 0, c.assumingMemoryBound(to: Double.self), blasint(cRow))
        if bias != nil || relu {
            kd_gemm_epilogue_f64(
                c.assumingMemoryBound(to: Double.self), Int64(cRow), Int64(m), Int64(n),
                bias?.assumingMemoryBound(to: Double.self), relu ? 1 : 0)
        }
    }

    /// By plain loops in double precision, whatever the steps.
    func directDouble() {
        var product = kd_gemm_f64(
            m: Int64(m), n: Int64(n), k: Int64(k), a: a.assumingMemoryBound(to: Double.self),
            a_row: Int64(aSteps.row), a_column: Int64(aSteps.column), b: b.assumingMemoryBound(to: Double.self),
            b_row: Int64(bSteps.row), b_column: Int64(bSteps.column), c: c.assumingMemoryBound(to: Double.self),
            c_row: Int64(cRow), bias: bias?.assumingMemoryBound(to: Double.self), relu: relu ? 1 : 0)
        kd_gemm_direct_f64(&product)
    }

    /// By plain loops over integers.
    func integer(_ type: Int32) {
        var product = kd_gemm_integer(
            m: Int64(m), n: Int64(n), k: Int64(k), a: a, a_row: Int64(aSteps.row), a_column: Int64(aSteps.column),
            b: b, b_row: Int64(bSteps.row), b_column: Int64(bSteps.column), c: c, c_row: Int64(cRow), bias: bias,
            relu: relu ? 1 : 0, type: type)
        kd_gemm_direct_integer(&product)
    }
}

private let plain = CChar(UInt8(ascii: "N"))
private let transposed = CChar(UInt8(ascii: "T"))
