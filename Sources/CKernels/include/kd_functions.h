// SPDX-License-Identifier: Apache-2.0
// The opcodes of programs: raw values of ScalarFunction. X(name, arity, cost), in the order of their numbers.
// Cost is the time for an element in units of an addition's; it decides what is worth a second thread.
#pragma once
#include <stdint.h>

#define KD_FUNCTIONS(X) \
    X(identity, 1, 1) X(negate, 1, 1) X(absolute, 1, 1) X(sign, 1, 1) X(reciprocal, 1, 2) X(square, 1, 1) \
    X(squareRoot, 1, 3) X(reciprocalSquareRoot, 1, 4) X(exp, 1, 6) X(expm1, 1, 8) X(log, 1, 8) X(log1p, 1, 10) \
    X(sin, 1, 12) X(cos, 1, 12) X(tan, 1, 16) X(asin, 1, 100) X(acos, 1, 100) X(atan, 1, 100) X(sinh, 1, 100) \
    X(cosh, 1, 100) X(asinh, 1, 100) X(acosh, 1, 100) X(atanh, 1, 100) X(tanh, 1, 10) X(sigmoid, 1, 8) \
    X(softplus, 1, 16) X(erf, 1, 10) X(floor, 1, 1) X(ceiling, 1, 1) X(round, 1, 1) X(truncate, 1, 1) \
    X(logicalNot, 1, 1) X(isNaN, 1, 1) X(isFinite, 1, 1) \
    X(add, 2, 1) X(subtract, 2, 1) X(multiply, 2, 1) X(divide, 2, 2) X(power, 2, 24) X(remainder, 2, 60) \
    X(minimum, 2, 1) X(maximum, 2, 1) X(atan2, 2, 100) X(equal, 2, 1) X(notEqual, 2, 1) X(less, 2, 1) \
    X(lessOrEqual, 2, 1) X(logicalAnd, 2, 1) X(logicalOr, 2, 1) X(logicalXor, 2, 1) \
    X(select, 3, 1) X(multiplyAdd, 3, 1)

typedef enum {
#define KD_CASE(name, arity, cost) kd_function_##name,
    KD_FUNCTIONS(KD_CASE)
#undef KD_CASE
        kd_function_count
} kd_function;

/// The name of an opcode, or NULL past the last one.
const char *_Nullable kd_function_name(int32_t function);
/// How many arguments an opcode takes.
int32_t kd_function_arity(int32_t function);
