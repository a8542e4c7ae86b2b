// SPDX-License-Identifier: Apache-2.0
// What each instruction set offers: the same loops, compiled for it.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "include/kd_kernels.h"

enum { kd_float32, kd_float64, kd_float16, kd_bfloat16, kd_int32, kd_int64, kd_uint8, kd_bool, kd_dtype_count };
enum { kd_in_float32, kd_in_float64, kd_in_int64, kd_arithmetic_count };
enum {
    kd_sum, kd_product, kd_minimum, kd_maximum, kd_argument_of_minimum, kd_argument_of_maximum
};

/// out[i] = f(a[i], b[i], c[i]); out may be one of the arguments.
typedef void (*kd_operation)(const void *a, const void *b, const void *c, void *out, int64_t count);
/// Widens elements into the arithmetic type, or rounds them out of it.
typedef void (*kd_conversion)(const void *in, void *out, int64_t count);

/// One stretch of one tensor; each `_out` may be the array beside it.
typedef kd_optimized kd_stretch;

/// How a stretch of a factored tensor changes: its second moments are `factor` times slot 0, and `least` at least.
typedef struct {
    double scale, factor, least, keep, rate;
} kd_factored;

/// Parts of the rules that know sums over whole tensors; sums of stretches are added to what is there.
typedef struct {
    /// The moments' next values, Σ p² and Σ u².
    void (*lamb_moments)(const kd_stretch *stretch, int64_t count, const kd_rule *rule, double *sums);
    void (*lamb_step)(const kd_stretch *stretch, int64_t count, const kd_rule *rule, double rate);
    /// Adds squares to each column's sum and to the row's.
    void (*squares)(const void *gradient, int64_t count, double scale, void *columns, double *sum);
    /// The second moment's next values.
    void (*second_moment)(const kd_stretch *stretch, int64_t count, double scale, double pace);
    /// Σ p² and Σ u².
    void (*factored_sums)(const kd_stretch *stretch, int64_t count, const kd_factored *by, double *sums);
    void (*factored_step)(const kd_stretch *stretch, int64_t count, const kd_factored *by);
} kd_whole_rules;

/// Normalization of float or double: of stretches that share mean and variance, and of rows whose columns do.
typedef struct {
    void (*moments)(const void *in, int64_t count, double shift, double *sum, double *squares);
    void (*normalize)(
        const void *in, void *out, int64_t count, double mean, double scale, const void *weights, const void *biases,
        double bias);
    void (*gradient_moments)(
        const void *upstream, const void *in, int64_t count, double mean, const void *weights, double *sum,
        double *products);
    void (*gradient)(
        const void *upstream, const void *in, void *out, int64_t count, double mean, const void *weights,
        double scale, double slope, double rest);
    void (*column_moments)(
        const void *in, int64_t rows, int64_t columns, const double *shift, double *sum, double *squares);
    void (*column_normalize)(
        const void *in, void *out, int64_t rows, int64_t columns, const void *means, const void *scales,
        const void *biases);
    void (*column_gradient_moments)(
        const void *upstream, const void *in, int64_t rows, int64_t columns, const double *means,
        const double *row_means, const double *row_scales, double *sum, double *products);
    void (*column_gradient)(
        const void *upstream, const void *in, void *out, int64_t rows, int64_t columns, const void *means,
        const void *scales, const void *slopes, const void *rests);
} kd_normalizer;

typedef struct {
    const char *name;
    kd_operation operations[kd_arithmetic_count][kd_function_count];
    kd_conversion loads[kd_arithmetic_count][kd_dtype_count];
    kd_conversion stores[kd_arithmetic_count][kd_dtype_count];
    /// Combines a contiguous stretch of up to some thousand elements into `*out`, of the arithmetic type.
    void (*fold[kd_arithmetic_count][4])(const void *in, int64_t count, void *out);
    /// accumulator[i] = combine(accumulator[i], in[i]).
    void (*combine[kd_arithmetic_count][4])(const void *in, void *accumulator, int64_t count);
    /// accumulator[i] += the sum of four rows' i, for real numbers.
    void (*add_four_rows[2])(const void *const *rows, void *accumulator, int64_t count);
    /// The place of the first element that equals `*value`, or of the first NaN if that is one; -1 when there is none.
    int64_t (*find[kd_arithmetic_count])(const void *in, int64_t count, const void *value);
    void (*softmax[2])(const void *in, void *out, int64_t count, bool logarithm);
    void (*softmax_gradient[2])(const void *upstream, const void *y, void *out, int64_t count, bool logarithm);
    /// log Σ exp x.
    double (*log_sum_exp[2])(const void *in, int64_t count);
    /// out = a · exp(x - lse) + b.
    void (*scaled_exp[2])(const void *in, void *out, int64_t count, double lse, double a, double b);
    /// Σ w x and Σ w, in double precision.
    void (*weighted_sums[2])(const void *x, const void *weights, int64_t count, double *wx, double *w);
    void (*philox)(uint64_t key, uint64_t stream, uint64_t block, uint32_t *words, int64_t blocks);
    void (*uniform)(const uint32_t *words, float *out, int64_t count, float low, float span, float top);
    void (*normal)(const uint32_t *words, float *out, int64_t count, float mean, float deviation);
    void (*rules[2][kd_elementwise_rule_count])(const kd_stretch *stretch, int64_t count, const kd_rule *rule);
    kd_whole_rules whole_rules[2];
    kd_normalizer normalizers[2];
    /// Copies past the cache; `out` on a border of 64 bytes.
    void (*stream)(const void *in, void *out, int64_t bytes);
    /// Turns 16 × 16 elements of 4 bytes; steps in bytes.
    void (*turn_16)(const void *in, int64_t in_step, void *out, int64_t out_step);
} kd_table;

/// The table for this processor.
const kd_table *kd_kernels(void);

static inline int32_t kd_byte_count(int32_t dtype) {
    static const int8_t counts[kd_dtype_count] = {4, 8, 2, 2, 4, 8, 1, 1};
    return counts[dtype];
}
static inline int32_t kd_arithmetic_of(int32_t dtype) {
    static const int8_t kinds[kd_dtype_count] = {0, 1, 0, 0, 2, 2, 2, 2};
    return kinds[dtype];
}
static inline int32_t kd_arithmetic_byte_count(int32_t arithmetic) { return arithmetic == kd_in_float32 ? 4 : 8; }
/// The element type that an arithmetic's registers hold.
static inline int32_t kd_dtype_of(int32_t arithmetic) {
    static const int8_t types[kd_arithmetic_count] = {kd_float32, kd_float64, kd_int64};
    return types[arithmetic];
}
static inline int64_t kd_smaller(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t kd_larger(int64_t a, int64_t b) { return a > b ? a : b; }
