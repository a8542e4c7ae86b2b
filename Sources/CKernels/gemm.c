// SPDX-License-Identifier: Apache-2.0
#include "gemm.h"

#include <string.h>

#include "kd_threads.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// The same source compiled for each instruction set.

typedef float four __attribute__((vector_size(16)));

static inline four load_part(const float *from, int64_t count) {
    four value = {0};
    for (int64_t i = 0; i < count; i++) value[i] = from[i];
    return value;
}

static inline void store_part(float *to, int64_t count, four value) {
    for (int64_t i = 0; i < count; i++) to[i] = value[i];
}

#define KD_NAME(x) x##_baseline
#define KD_LANES 4
#define KD_ROWS 4
#define KD_LOAD_PART(p, count) load_part(p, count)
#define KD_STORE_PART(p, count, v) store_part(p, count, v)
#include "gemm_tile.h"
#undef KD_NAME
#undef KD_LANES
#undef KD_ROWS
#undef KD_LOAD_PART
#undef KD_STORE_PART

#if defined(__x86_64__)
// Ones for the lanes before `count`: a window onto eight of each.
static const int32_t lanes_before[16] = {-1, -1, -1, -1, -1, -1, -1, -1};

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define KD_NAME(x) x##_avx2
#define KD_LANES 8
#define KD_ROWS 4
#define KD_MASK(count) _mm256_loadu_si256((const __m256i_u *)(lanes_before + 8 - (count)))
#define KD_LOAD_PART(p, count) _mm256_maskload_ps(p, KD_MASK(count))
#define KD_STORE_PART(p, count, v) _mm256_maskstore_ps(p, KD_MASK(count), (__m256)(v))
#include "gemm_tile.h"
#undef KD_NAME
#undef KD_LANES
#undef KD_ROWS
#undef KD_MASK
#undef KD_LOAD_PART
#undef KD_STORE_PART
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,fma"))), apply_to = function)
#define KD_NAME(x) x##_avx512
#define KD_LANES 16
#define KD_ROWS 8
#define KD_MASK(count) ((__mmask16)((1u << (count)) - 1))
#define KD_LOAD_PART(p, count) _mm512_maskz_loadu_ps(KD_MASK(count), p)
#define KD_STORE_PART(p, count, v) _mm512_mask_storeu_ps(p, KD_MASK(count), (__m512)(v))
#include "gemm_tile.h"
#undef KD_NAME
#undef KD_LANES
#undef KD_ROWS
#undef KD_MASK
#undef KD_LOAD_PART
#undef KD_STORE_PART
#pragma clang attribute pop
#endif

void kd_gemm_direct_f32(const kd_gemm_f32 *product) {
#if defined(__x86_64__)
    const char *isa = kd_isa_name();
    if (strcmp(isa, "avx512") == 0) {
        gemm_avx512(product);
        return;
    }
    if (strcmp(isa, "avx2") == 0) {
        gemm_avx2(product);
        return;
    }
#endif
    gemm_baseline(product);
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
