// SPDX-License-Identifier: Apache-2.0
// Matrix products that are too small for a library call, and what follows a product while it is in cache.
#pragma once
#include <stdint.h>

/// c[m, n] = activation(a[m, k] · b[k, n] + bias[n]); steps are in elements and may be any number for a and b.
/// Rows of c are contiguous.
typedef struct {
    int64_t m, n, k;
    const float *a;
    int64_t a_row, a_column;
    const float *b;
    int64_t b_row, b_column;
    float *c;
    int64_t c_row;
    /// n numbers, or null.
    const float *bias;
    /// Whether negative results become 0.
    int32_t relu;
} kd_gemm_f32;

/// Computes the product on the calling thread, without packing what is contiguous already. Sums run in order of k.
void kd_gemm_direct_f32(const kd_gemm_f32 *product);

/// As `kd_gemm_f32`, in double precision.
typedef struct {
    int64_t m, n, k;
    const double *a;
    int64_t a_row, a_column;
    const double *b;
    int64_t b_row, b_column;
    double *c;
    int64_t c_row;
    const double *bias;
    int32_t relu;
} kd_gemm_f64;

/// Computes the product on the calling thread by plain loops.
void kd_gemm_direct_f64(const kd_gemm_f64 *product);

/// Adds `bias` (or nothing, when null) to each of `rows` rows of `columns` numbers, and then clears the negative ones.
void kd_gemm_epilogue_f32(float *c, int64_t c_row, int64_t rows, int64_t columns, const float *bias, int32_t relu);
/// As above, in double precision.
void kd_gemm_epilogue_f64(double *c, int64_t c_row, int64_t rows, int64_t columns, const double *bias, int32_t relu);

/// A product of integers: summed in 64 bits, wrapping, then cut to the type; of truth values: whether any pair is true.
/// Elements have the type `type`, one of DType's raw values for int32, int64, uint8, bool.
typedef struct {
    int64_t m, n, k;
    const void *a;
    int64_t a_row, a_column;
    const void *b;
    int64_t b_row, b_column;
    void *c;
    int64_t c_row;
    const void *bias;
    int32_t relu;
    int32_t type;
} kd_gemm_integer;

/// Computes the product of integers on the calling thread.
void kd_gemm_direct_integer(const kd_gemm_integer *product);
