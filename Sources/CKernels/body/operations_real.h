// SPDX-License-Identifier: Apache-2.0
// The loops of programs over real numbers. Included for float and for double, with T the number, V the vector,
// M its mask, N the lanes, S(name) the name with the type's suffix.

#define UNARY(name, expression) \
    static void S(op_##name)(const void *a, const void *b, const void *c, void *out, int64_t n) { \
        const T *p = a; \
        T *o = out; \
        int64_t i = 0; \
        for (; i + N <= n; i += N) { \
            V x = S(load)(p + i); \
            S(store)(o + i, expression); \
        } \
        if (i < n) { \
            V x = S(load_part)(p + i, n - i); \
            S(store_part)(o + i, expression, n - i); \
        } \
    }

#define BINARY(name, expression) \
    static void S(op_##name)(const void *a, const void *b, const void *c, void *out, int64_t n) { \
        const T *p = a, *q = b; \
        T *o = out; \
        int64_t i = 0; \
        for (; i + N <= n; i += N) { \
            V x = S(load)(p + i), y = S(load)(q + i); \
            S(store)(o + i, expression); \
        } \
        if (i < n) { \
            V x = S(load_part)(p + i, n - i), y = S(load_part)(q + i, n - i); \
            S(store_part)(o + i, expression, n - i); \
        } \
    }

#define TERNARY(name, expression) \
    static void S(op_##name)(const void *a, const void *b, const void *c, void *out, int64_t n) { \
        const T *p = a, *q = b, *r = c; \
        T *o = out; \
        int64_t i = 0; \
        for (; i + N <= n; i += N) { \
            V x = S(load)(p + i), y = S(load)(q + i), z = S(load)(r + i); \
            S(store)(o + i, expression); \
        } \
        if (i < n) { \
            V x = S(load_part)(p + i, n - i), y = S(load_part)(q + i, n - i), z = S(load_part)(r + i, n - i); \
            S(store_part)(o + i, expression, n - i); \
        } \
    }

#define SCALAR_UNARY(name, expression) \
    static void S(op_##name)(const void *a, const void *b, const void *c, void *out, int64_t n) { \
        const T *p = a; \
        T *o = out; \
        for (int64_t i = 0; i < n; i++) { \
            T x = p[i]; \
            o[i] = expression; \
        } \
    }

#define SCALAR_BINARY(name, expression) \
    static void S(op_##name)(const void *a, const void *b, const void *c, void *out, int64_t n) { \
        const T *p = a, *q = b; \
        T *o = out; \
        for (int64_t i = 0; i < n; i++) { \
            T x = p[i], y = q[i]; \
            o[i] = expression; \
        } \
    }

#define TRUTH(mask) ((V)((M)(mask) & (M)(V)(T)1))
#define CHOOSE(mask, yes, no) ((mask) ? (V)(yes) : (V)(no))

UNARY(identity, x)
UNARY(negate, -x)
UNARY(absolute, S(absolute)(x))
UNARY(sign, CHOOSE(x > 0, (T)1, CHOOSE(x < 0, (T)-1, x)))
UNARY(reciprocal, (T)1 / x)
UNARY(square, x * x)
UNARY(squareRoot, __builtin_elementwise_sqrt(x))
UNARY(reciprocalSquareRoot, (T)1 / __builtin_elementwise_sqrt(x))
UNARY(floor, __builtin_elementwise_floor(x))
UNARY(ceiling, __builtin_elementwise_ceil(x))
UNARY(round, __builtin_elementwise_rint(x))
UNARY(truncate, __builtin_elementwise_trunc(x))
UNARY(logicalNot, TRUTH(x == 0))
UNARY(isNaN, TRUTH(x != x))
UNARY(isFinite, TRUTH(S(absolute)(x) < (T)__builtin_inf()))
BINARY(add, x + y)
BINARY(subtract, x - y)
BINARY(multiply, x * y)
BINARY(divide, x / y)
BINARY(minimum, CHOOSE((x < y) | (x != x), x, y))
BINARY(maximum, CHOOSE((x > y) | (x != x), x, y))
BINARY(equal, TRUTH(x == y))
BINARY(notEqual, TRUTH(x != y))
BINARY(less, TRUTH(x < y))
BINARY(lessOrEqual, TRUTH(x <= y))
BINARY(logicalAnd, TRUTH((x != 0) & (y != 0)))
BINARY(logicalOr, TRUTH((x != 0) | (y != 0)))
BINARY(logicalXor, TRUTH((x != 0) ^ (y != 0)))
TERNARY(select, CHOOSE(x != 0, y, z))
TERNARY(multiplyAdd, FMA(x, y, z))

SCALAR_UNARY(asin, LIBM(asin)(x))
SCALAR_UNARY(acos, LIBM(acos)(x))
SCALAR_UNARY(atan, LIBM(atan)(x))
SCALAR_UNARY(sinh, LIBM(sinh)(x))
SCALAR_UNARY(cosh, LIBM(cosh)(x))
SCALAR_UNARY(asinh, LIBM(asinh)(x))
SCALAR_UNARY(acosh, LIBM(acosh)(x))
SCALAR_UNARY(atanh, LIBM(atanh)(x))
SCALAR_BINARY(atan2, LIBM(atan2)(x, y))
SCALAR_BINARY(remainder, S(python_remainder)(x, y))
