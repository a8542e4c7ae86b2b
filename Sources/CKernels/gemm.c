// SPDX-License-Identifier: Apache-2.0
#include "gemm.h"

#include <stddef.h>

// The same source compiled for each instruction set; the first call picks by what the processor has.

#define KD_NAME(x) x##_baseline
#define KD_LANES 4
#define KD_ROWS 4
#include "gemm_tile.h"
#undef KD_NAME
#undef KD_LANES
#undef KD_ROWS

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define KD_NAME(x) x##_avx2
#define KD_LANES 8
#define KD_ROWS 4
#include "gemm_tile.h"
#undef KD_NAME
#undef KD_LANES
#undef KD_ROWS
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,fma"))), apply_to = function)
#define KD_NAME(x) x##_avx512
#define KD_LANES 16
#define KD_ROWS 8
#include "gemm_tile.h"
#undef KD_NAME
#undef KD_LANES
#undef KD_ROWS
#pragma clang attribute pop
#endif

typedef void (*direct)(const kd_gemm_f32 *);

static direct best(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
        return gemm_avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return gemm_avx2;
#endif
    return gemm_baseline;
}

void kd_gemm_direct_f32(const kd_gemm_f32 *product) {
    // Threads that come here first all find the same answer, so the race is harmless; relaxed keeps it defined.
    static _Atomic(direct) chosen;
    direct run = __c11_atomic_load(&chosen, __ATOMIC_RELAXED);
    if (!run) {
        run = best();
        __c11_atomic_store(&chosen, run, __ATOMIC_RELAXED);
    }
    run(product);
}

#define EPILOGUE(suffix, number)                                                                                 \
    void kd_gemm_epilogue_##suffix(                                                                              \
        number *c, int64_t c_row, int64_t rows, int64_t columns, const number *bias, int32_t relu) {             \
        for (int64_t row = 0; row < rows; row++) {                                                               \
            number *to = c + row * c_row;                                                                        \
            if (bias && relu)                                                                                    \
                for (int64_t i = 0; i < columns; i++) to[i] = to[i] + bias[i] < 0 ? 0 : to[i] + bias[i];         \
            else if (bias)                                                                                       \
                for (int64_t i = 0; i < columns; i++) to[i] += bias[i];                                          \
            else if (relu)                                                                                       \
                for (int64_t i = 0; i < columns; i++) to[i] = to[i] < 0 ? 0 : to[i];                             \
        }                                                                                                        \
    }

EPILOGUE(f32, float)
EPILOGUE(f64, double)

void kd_gemm_direct_f64(const kd_gemm_f64 *p) {
    for (int64_t i = 0; i < p->m; i++)
        for (int64_t j = 0; j < p->n; j++) {
            double sum = 0;
            for (int64_t k = 0; k < p->k; k++)
                sum += p->a[i * p->a_row + k * p->a_column] * p->b[k * p->b_row + j * p->b_column];
            if (p->bias) sum += p->bias[j];
            p->c[i * p->c_row + j] = p->relu && sum < 0 ? 0 : sum;
        }
}

#define INTEGER(number, store)                                                                                   \
    {                                                                                                            \
        const number *a = p->a, *b = p->b, *bias = p->bias;                                                      \
        number *c = p->c;                                                                                        \
        for (int64_t i = 0; i < p->m; i++)                                                                       \
            for (int64_t j = 0; j < p->n; j++) {                                                                 \
                uint64_t sum = bias ? (uint64_t)bias[j] : 0;                                                     \
                for (int64_t k = 0; k < p->k; k++)                                                               \
                    sum += (uint64_t)a[i * p->a_row + k * p->a_column] *                                         \
                           (uint64_t)b[k * p->b_row + j * p->b_column];                                          \
                if (p->relu && (int64_t)sum < 0) sum = 0;                                                        \
                c[i * p->c_row + j] = (number)(store);                                                           \
            }                                                                                                    \
        return;                                                                                                  \
    }

void kd_gemm_direct_integer(const kd_gemm_integer *p) {
    switch (p->type) {
    case 4: INTEGER(int32_t, sum)
    case 5: INTEGER(int64_t, sum)
    case 6: INTEGER(uint8_t, sum)
    case 7: INTEGER(uint8_t, sum != 0)
    }
}
