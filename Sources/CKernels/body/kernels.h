// SPDX-License-Identifier: Apache-2.0
// Every loop, and the table that names them. Included once for each instruction set, after KD_TABLE (the table's
// name), KD_BYTES (of a vector), KD_FUSED (whether a · b + c is one instruction) and KD_HALVES (whether _Float16 is).
#include "vector.h"

#include "math.h"
#include "operations.h"
#include "convert.h"
#include "rows.h"
#include "optimizers.h"
#include "random.h"
#include "moves.h"

#define EACH_TYPE(kind, suffix) \
    {kind##_float32_##suffix, kind##_float64_##suffix, kind##_float16_##suffix, kind##_bfloat16_##suffix, \
        kind##_int32_##suffix, kind##_int64_##suffix, kind##_uint8_##suffix, kind##_bool_##suffix}
#define EACH_FOLD(kind, suffix) \
    {kind##_sum_##suffix, kind##_product_##suffix, kind##_minimum_##suffix, kind##_maximum_##suffix}
#define EACH_RULE(suffix) \
    {sgd_##suffix, adam_##suffix, adamax_##suffix, nadam_##suffix, radam_##suffix, rmsprop_##suffix, adagrad_##suffix, \
        adadelta_##suffix, lion_##suffix}
#define WHOLE_RULES(suffix) \
    {lamb_moments_##suffix, lamb_step_##suffix, squares_##suffix, second_moment_##suffix, factored_sums_##suffix, \
        factored_step_##suffix}

#define OPERATION_F(name, arity, cost) op_##name##_f,
#define OPERATION_D(name, arity, cost) op_##name##_d,
#define OPERATION_L(name, arity, cost) op_##name##_l,

#define NORMALIZER(suffix) \
    {shifted_moments_##suffix, normalize_##suffix, gradient_moments_##suffix, gradient_##suffix, column_moments_##suffix, \
        column_normalize_##suffix, column_gradient_moments_##suffix, column_gradient_##suffix}

const kd_table KD_TABLE = {
    .name = KD_ISA_NAME,
    .operations = {{KD_FUNCTIONS(OPERATION_F)}, {KD_FUNCTIONS(OPERATION_D)}, {KD_FUNCTIONS(OPERATION_L)}},
    .loads = {EACH_TYPE(load, f), EACH_TYPE(load, d), EACH_TYPE(load, l)},
    .stores = {EACH_TYPE(store, f), EACH_TYPE(store, d), EACH_TYPE(store, l)},
    .fold = {EACH_FOLD(fold, f), EACH_FOLD(fold, d), EACH_FOLD(fold, l)},
    .combine = {EACH_FOLD(combine, f), EACH_FOLD(combine, d), EACH_FOLD(combine, l)},
    .add_four_rows = {add_four_rows_f, add_four_rows_d},
    .find = {find_f, find_d, find_l},
    .softmax = {softmax_f, softmax_d},
    .softmax_gradient = {softmax_gradient_f, softmax_gradient_d},
    .log_sum_exp = {log_sum_exp_f, log_sum_exp_d},
    .scaled_exp = {scaled_exp_f, scaled_exp_d},
    .weighted_sums = {weighted_sums_f, weighted_sums_d},
    .philox = philox,
    .uniform = uniform,
    .normal = normal,
    .rules = {EACH_RULE(f), EACH_RULE(d)},
    .whole_rules = {WHOLE_RULES(f), WHOLE_RULES(d)},
    .normalizers = {NORMALIZER(f), NORMALIZER(d)},
    .stream = stream,
    .turn_16 = turn_16,
};
