// SPDX-License-Identifier: Apache-2.0
// The loops of programs, for each of the three arithmetics.

// ---- float
INLINE float python_remainder_f(float x, float y) {
    float r = fmodf(x, y);
    if (r == 0) return copysignf(0.0f, y);
    return (r < 0) != (y < 0) ? r + y : r;
}
#define T float
#define V vf
#define M vi
#define N LANES
#define S(name) name##_f
#define LIBM(name) name##f
#include "operations_real.h"
UNARY(exp, exp_f(x))
UNARY(expm1, expm1_f(x))
UNARY(log, log_f(x))
UNARY(log1p, log1p_f(x))
UNARY(sin, sin_f(x))
UNARY(cos, cos_f(x))
UNARY(tan, tan_f(x))
UNARY(tanh, tanh_f(x))
UNARY(sigmoid, sigmoid_f(x))
UNARY(softplus, softplus_f(x))
UNARY(erf, erf_f(x))
BINARY(power, power_f(x, y))
#undef T
#undef V
#undef M
#undef N
#undef S
#undef LIBM

// ---- double: the C library's functions
INLINE double python_remainder_d(double x, double y) {
    double r = fmod(x, y);
    if (r == 0) return copysign(0.0, y);
    return (r < 0) != (y < 0) ? r + y : r;
}
INLINE double sigmoid_of(double x) {
    double e = exp(-fabs(x));
    return (x >= 0 ? 1.0 : e) / (1.0 + e);
}
#define T double
#define V vd
#define M vl
#define N LANES64
#define S(name) name##_d
#define LIBM(name) name
#include "operations_real.h"
SCALAR_UNARY(exp, exp(x))
SCALAR_UNARY(expm1, expm1(x))
SCALAR_UNARY(log, log(x))
SCALAR_UNARY(log1p, log1p(x))
SCALAR_UNARY(sin, sin(x))
SCALAR_UNARY(cos, cos(x))
SCALAR_UNARY(tan, tan(x))
SCALAR_UNARY(tanh, tanh(x))
SCALAR_UNARY(sigmoid, sigmoid_of(x))
SCALAR_UNARY(softplus, fmax(x, 0.0) + log1p(exp(-fabs(x))) + (x != x ? x : 0.0))
SCALAR_UNARY(erf, erf(x))
SCALAR_BINARY(power, pow(x, y))
#undef T
#undef V
#undef M
#undef N
#undef S
#undef LIBM

// ---- int64: wrapping; a division by zero gives 0, and functions of real numbers go through double
INLINE int64_t to_int64(double x) {
    if (x != x) return 0;
    return x >= 0x1p63 ? INT64_MAX : x < -0x1p63 ? INT64_MIN : (int64_t)x;
}
INLINE int64_t wrapping_add(int64_t x, int64_t y) { return (int64_t)((uint64_t)x + (uint64_t)y); }
INLINE int64_t wrapping_multiply(int64_t x, int64_t y) { return (int64_t)((uint64_t)x * (uint64_t)y); }
INLINE int64_t wrapping_negate(int64_t x) { return (int64_t)(0 - (uint64_t)x); }
INLINE int64_t safe_divide(int64_t x, int64_t y) { return y == 0 ? 0 : y == -1 ? wrapping_negate(x) : x / y; }
INLINE int64_t safe_remainder(int64_t x, int64_t y) {
    if (y == 0 || y == -1) return 0;
    int64_t r = x % y;
    return r != 0 && (r < 0) != (y < 0) ? r + y : r;
}
INLINE int64_t integer_power(int64_t x, int64_t y) {
    if (y < 0) return x == 1 ? 1 : x == -1 ? (y & 1 ? -1 : 1) : 0;
    int64_t result = 1;
    for (; y; y >>= 1, x = wrapping_multiply(x, x))
        if (y & 1) result = wrapping_multiply(result, x);
    return result;
}

#define UNARY_L(name, expression) \
    static void op_##name##_l(const void *a, const void *b, const void *c, void *out, int64_t n) { \
        const int64_t *p = a; \
        int64_t *o = out; \
        for (int64_t i = 0; i < n; i++) { \
            int64_t x = p[i]; \
            o[i] = expression; \
        } \
    }
#define BINARY_L(name, expression) \
    static void op_##name##_l(const void *a, const void *b, const void *c, void *out, int64_t n) { \
        const int64_t *p = a, *q = b; \
        int64_t *o = out; \
        for (int64_t i = 0; i < n; i++) { \
            int64_t x = p[i], y = q[i]; \
            o[i] = expression; \
        } \
    }
#define TERNARY_L(name, expression) \
    static void op_##name##_l(const void *a, const void *b, const void *c, void *out, int64_t n) { \
        const int64_t *p = a, *q = b, *r = c; \
        int64_t *o = out; \
        for (int64_t i = 0; i < n; i++) { \
            int64_t x = p[i], y = q[i], z = r[i]; \
            o[i] = expression; \
        } \
    }

UNARY_L(identity, x)
UNARY_L(negate, wrapping_negate(x))
UNARY_L(absolute, x < 0 ? wrapping_negate(x) : x)
UNARY_L(sign, (x > 0) - (x < 0))
UNARY_L(reciprocal, x == 1 || x == -1 ? x : 0)
UNARY_L(square, wrapping_multiply(x, x))
UNARY_L(squareRoot, to_int64(sqrt((double)x)))
UNARY_L(reciprocalSquareRoot, x == 1)
UNARY_L(exp, to_int64(exp((double)x)))
UNARY_L(expm1, to_int64(expm1((double)x)))
UNARY_L(log, x > 0 ? to_int64(log((double)x)) : 0)
UNARY_L(log1p, x > -1 ? to_int64(log1p((double)x)) : 0)
UNARY_L(sin, to_int64(sin((double)x)))
UNARY_L(cos, to_int64(cos((double)x)))
UNARY_L(tan, to_int64(tan((double)x)))
UNARY_L(asin, to_int64(asin((double)x)))
UNARY_L(acos, to_int64(acos((double)x)))
UNARY_L(atan, to_int64(atan((double)x)))
UNARY_L(sinh, to_int64(sinh((double)x)))
UNARY_L(cosh, to_int64(cosh((double)x)))
UNARY_L(asinh, to_int64(asinh((double)x)))
UNARY_L(acosh, to_int64(acosh((double)x)))
UNARY_L(atanh, to_int64(atanh((double)x)))
UNARY_L(tanh, to_int64(tanh((double)x)))
UNARY_L(sigmoid, to_int64(sigmoid_of((double)x)))
UNARY_L(softplus, to_int64(fmax((double)x, 0.0) + log1p(exp(-fabs((double)x)))))
UNARY_L(erf, to_int64(erf((double)x)))
UNARY_L(floor, x)
UNARY_L(ceiling, x)
UNARY_L(round, x)
UNARY_L(truncate, x)
UNARY_L(logicalNot, x == 0)
UNARY_L(isNaN, 0 * x)
UNARY_L(isFinite, x == x)
BINARY_L(add, wrapping_add(x, y))
BINARY_L(subtract, (int64_t)((uint64_t)x - (uint64_t)y))
BINARY_L(multiply, wrapping_multiply(x, y))
BINARY_L(divide, safe_divide(x, y))
BINARY_L(power, integer_power(x, y))
BINARY_L(remainder, safe_remainder(x, y))
BINARY_L(minimum, x < y ? x : y)
BINARY_L(maximum, x > y ? x : y)
BINARY_L(atan2, to_int64(atan2((double)x, (double)y)))
BINARY_L(equal, x == y)
BINARY_L(notEqual, x != y)
BINARY_L(less, x < y)
BINARY_L(lessOrEqual, x <= y)
BINARY_L(logicalAnd, x != 0 && y != 0)
BINARY_L(logicalOr, x != 0 || y != 0)
BINARY_L(logicalXor, (x != 0) != (y != 0))
TERNARY_L(select, x != 0 ? y : z)
TERNARY_L(multiplyAdd, wrapping_add(wrapping_multiply(x, y), z))
