// SPDX-License-Identifier: Apache-2.0
// Reductions, softmax and normalization, for each of the three arithmetics.

INLINE vd exp_d(vd x) {
    for (int i = 0; i < LANES64; i++) x[i] = exp(x[i]);
    return x;
}

#define T float
#define V vf
#define M vi
#define W vw
#define N LANES
#define S(name) name##_f
#include "rows_real.h"
#include "normalization_real.h"
#undef T
#undef V
#undef M
#undef W
#undef N
#undef S

#define T double
#define V vd
#define M vl
#define W vd
#define N LANES64
#define S(name) name##_d
#include "rows_real.h"
#include "normalization_real.h"
#undef T
#undef V
#undef M
#undef W
#undef N
#undef S

#define FOLD_L(name, start, expression) \
    static void fold_##name##_l(const void *in, int64_t n, void *out) { \
        const int64_t *p = in; \
        int64_t y = start; \
        for (int64_t i = 0; i < n; i++) { \
            int64_t x = p[i]; \
            y = expression; \
        } \
        *(int64_t *)out = y; \
    } \
    static void combine_##name##_l(const void *in, void *accumulator, int64_t n) { \
        const int64_t *p = in; \
        int64_t *o = accumulator; \
        for (int64_t i = 0; i < n; i++) { \
            int64_t x = p[i], y = o[i]; \
            o[i] = expression; \
        } \
    }
FOLD_L(sum, 0, wrapping_add(x, y))
FOLD_L(product, 1, wrapping_multiply(x, y))
FOLD_L(minimum, INT64_MAX, x < y ? x : y)
FOLD_L(maximum, INT64_MIN, x > y ? x : y)

static int64_t find_l(const void *in, int64_t n, const void *value) {
    const int64_t *p = in;
    for (int64_t i = 0; i < n; i++)
        if (p[i] == *(const int64_t *)value) return i;
    return -1;
}
