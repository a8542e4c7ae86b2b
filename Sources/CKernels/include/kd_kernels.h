// SPDX-License-Identifier: Apache-2.0
// The kernels as the CPU backend calls them. Types and functions are named by the raw values of the contract.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "kd_functions.h"

enum { kd_maximum_rank = 8 };

/// Chooses the instruction set by name, NULL for the best; false when the processor lacks it.
bool kd_use_isa(const char *_Nullable name);

typedef struct {
    int32_t rank;
    int64_t sizes[kd_maximum_rank];
} kd_shape;

typedef struct {
    void *_Nullable data;
    int32_t dtype;
    /// In elements.
    int64_t strides[kd_maximum_rank];
} kd_operand;

static inline int64_t *_Nonnull kd_sizes_of(kd_shape *_Nonnull shape) { return shape->sizes; }
static inline int64_t *_Nonnull kd_strides_of(kd_operand *_Nonnull operand) { return operand->strides; }

typedef struct {
    uint8_t function, a, b, c;
} kd_instruction;

typedef struct {
    int32_t input_count, constant_count, instruction_count, output_count;
    const double *_Nullable constants;
    const kd_instruction *_Nullable instructions;
    const uint8_t *_Nonnull outputs;
    /// What input `scaled_input` is multiplied with when loaded; 1 for none.
    double scale;
    int32_t scaled_input;
} kd_program;

/// Runs a program for each element of `shape`. Outputs are dense and have the same strides.
void kd_run_program(
    const kd_program *_Nonnull program, int32_t arithmetic, const kd_shape *_Nonnull shape,
    const kd_operand *_Nullable inputs, const kd_operand *_Nonnull outputs);

/// One function over contiguous arrays of the arithmetic's own type.
void kd_run_function(
    int32_t function, int32_t arithmetic, const void *_Nullable a, const void *_Nullable b, const void *_Nullable c,
    void *_Nullable out, int64_t count);

/// Copies and converts.
void kd_copy(const kd_shape *_Nonnull shape, const kd_operand *_Nonnull input, const kd_operand *_Nonnull output);

/// Combines along the axes of the mask; both operands row-major. False when there was no memory to work in.
bool kd_reduce(
    int32_t function, uint8_t axes, double scale, const kd_shape *_Nonnull shape, const void *_Nullable in,
    int32_t in_dtype, void *_Nullable out, int32_t out_dtype);

/// Rows of `count` elements of one floating-point type. False when there was no memory to work in.
bool kd_softmax(
    bool logarithm, int32_t dtype, int64_t rows, int64_t count, const void *_Nullable x, void *_Nullable y);
bool kd_softmax_gradient(
    bool logarithm, int32_t dtype, int64_t rows, int64_t count, const void *_Nullable upstream,
    const void *_Nullable y, void *_Nullable gradient);

typedef struct {
    double smoothing;
    int64_t ignored_class, rows, classes;
    int32_t dtype;
    const void *_Nullable logits, *_Nullable weights, *_Nullable lse, *_Nullable upstream;
    const int64_t *_Nullable targets;
    void *_Nullable losses, *_Nullable lse_out, *_Nullable gradient;
} kd_cross_entropy;

/// The first row whose class does not exist, or -1.
int64_t kd_first_bad_class(const kd_cross_entropy *_Nonnull request);
bool kd_cross_entropy_forward(const kd_cross_entropy *_Nonnull request);
bool kd_cross_entropy_backward(const kd_cross_entropy *_Nonnull request);

typedef struct {
    double epsilon;
    int32_t dtype;
    /// Whether each row is normalized by itself, or each channel; whether the mean is taken off.
    bool by_row, centered;
    /// By row: `outer` rows of `count`. By channel: `[outer, count, inner]` row-major.
    int64_t outer, count, inner;
    const void *_Nullable x, *_Nullable weight, *_Nullable bias, *_Nullable upstream;
    const void *_Nullable mean, *_Nullable variance;
    void *_Nullable y, *_Nullable mean_out, *_Nullable variance_out;
    void *_Nullable gradient, *_Nullable weight_gradient, *_Nullable bias_gradient;
} kd_normalization;

/// False when there was no memory to work in.
bool kd_normalize(const kd_normalization *_Nonnull request);
bool kd_normalize_gradient(const kd_normalization *_Nonnull request);

/// The place of the first index outside -rows ..< rows, or -1.
int64_t kd_first_bad_index(const int64_t *_Nullable indices, int64_t count, int64_t rows);
void kd_gather(
    const void *_Nullable source, const int64_t *_Nullable indices, void *_Nullable out, int64_t count, int64_t rows,
    int64_t row_bytes);
/// Zeroes `out` and adds `updates` in the order of the indices. False when there was no memory to work in.
bool kd_scatter_add(
    const int64_t *_Nullable indices, const void *_Nullable updates, void *_Nullable out, int32_t dtype,
    int64_t count, int64_t rows, int64_t width);

enum { kd_scan_sum = 0, kd_scan_product = 1, kd_scan_recurrence = 2 };

typedef struct {
    int32_t function, in_dtype, factor_dtype, out_dtype;
    bool reverse, exclusive;
    /// All row-major `[outer, count, inner]`.
    int64_t outer, count, inner;
    const void *_Nullable in, *_Nullable factors;
    void *_Nullable out;
} kd_scan;

void kd_run_scan(const kd_scan *_Nonnull scan);

typedef struct {
    int32_t dtype;
    bool descending;
    /// `rows` of `count` elements, of each of which the first `kept` places are wanted.
    int64_t rows, count, kept;
    const void *_Nullable in;
    int64_t *_Nullable places;
} kd_sort;

/// False when there was no memory to work in.
bool kd_run_sort(const kd_sort *_Nonnull sort);

enum { kd_uniform = 0, kd_normal = 1, kd_bernoulli = 2 };
/// `first` and `second`: low and high; mean and standard deviation; probability and nothing.
void kd_random(
    int32_t distribution, double first, double second, uint64_t key, uint64_t stream, void *_Nullable out,
    int32_t dtype, int64_t count);
/// Four words for each block.
void kd_philox(uint64_t key, uint64_t stream, uint64_t block, uint32_t *_Nonnull words, int64_t blocks);

typedef enum {
    kd_sgd, kd_adam, kd_adamax, kd_nadam, kd_radam, kd_rmsprop, kd_adagrad, kd_adadelta, kd_lion,
    /// Rules that know sums over whole tensors, after those that treat each element by itself.
    kd_lamb, kd_adafactor,
    kd_elementwise_rule_count = kd_lamb
} kd_rule_kind;

/// What a step of a rule needs to know; what a rule does not name is not read.
typedef struct {
    kd_rule_kind kind;
    /// What gradients are multiplied with first, what of the parameter joins them, and what is left of the parameter.
    double scale, decay, keep;
    /// How far the step goes, all corrections included.
    double rate;
    double momentum, dampening, beta1, beta2, epsilon;
    /// What the root of the second moment is multiplied with.
    double correction;
    double gradient_share, momentum_share;
    /// Adafactor: the share of the way that means of squares go, the sizes that weights count with at least and that
    /// changes may have; an `epsilon` below 0 stands for the spacing of numbers next to 1.
    double pace, least_size, clip;
    bool nesterov, first, amsgrad, centered, adaptive;
    /// Adafactor: whether slots are the means of rows and of columns.
    bool factored;
} kd_rule;

typedef struct {
    const void *_Nullable parameter, *_Nullable gradient, *_Nullable slot0, *_Nullable slot1, *_Nullable slot2;
    void *_Nullable parameter_out, *_Nullable slot0_out, *_Nullable slot1_out, *_Nullable slot2_out;
    int64_t count;
    int32_t dtype, gradient_dtype;
    /// The last two axes, and how many such matrices lie end to end; read where a rule is factored.
    int64_t matrices, rows, columns;
} kd_optimized;

/// One step over all tensors together. False when there was no memory to work in.
bool kd_optimize(const kd_rule *_Nonnull rule, const kd_optimized *_Nonnull tensors, int32_t count);

/// Conversions and functions by themselves, for tests.
void kd_convert(const void *_Nonnull in, int32_t from, void *_Nonnull out, int32_t to, int64_t count);
