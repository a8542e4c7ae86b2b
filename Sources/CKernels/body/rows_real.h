// SPDX-License-Identifier: Apache-2.0
// Reductions and softmax over real numbers; included for float and for double as operations_real.h is.

// Four accumulators hide the latency of one; they are combined in a fixed order.
#define FOLD(name, start, step, finish) \
    static void S(fold_##name)(const void *in, int64_t n, void *out) { \
        const T *p = in; \
        T total = start; \
        int64_t i = 0; \
        if (n >= 4 * N) { \
            V a = (V)(T)(start), b = a, c = a, d = a; \
            for (; i + 4 * N <= n; i += 4 * N) { \
                V x = S(load)(p + i), y; \
                y = a; a = step; \
                x = S(load)(p + i + N); y = b; b = step; \
                x = S(load)(p + i + 2 * N); y = c; c = step; \
                x = S(load)(p + i + 3 * N); y = d; d = step; \
            } \
            V x = a, y = b; \
            a = step; \
            x = c, y = d; \
            c = step; \
            x = a, y = c; \
            a = step; \
            for (int lane = 0; lane < N; lane++) { \
                T x = a[lane], y = total; \
                total = finish; \
            } \
        } \
        for (; i < n; i++) { \
            T x = p[i], y = total; \
            total = finish; \
        } \
        *(T *)out = total; \
    } \
    static void S(combine_##name)(const void *in, void *accumulator, int64_t n) { \
        const T *p = in; \
        T *o = accumulator; \
        int64_t i = 0; \
        for (; i + N <= n; i += N) { \
            V x = S(load)(p + i), y = S(load)(o + i); \
            S(store)(o + i, step); \
        } \
        for (; i < n; i++) { \
            T x = p[i], y = o[i]; \
            o[i] = finish; \
        } \
    }

FOLD(sum, 0, x + y, x + y)
FOLD(product, 1, x * y, x * y)
FOLD(minimum, (T)__builtin_inf(), CHOOSE((x < y) | (x != x), x, y), ((x < y) | (x != x)) ? x : y)
FOLD(maximum, -(T)__builtin_inf(), CHOOSE((x > y) | (x != x), x, y), ((x > y) | (x != x)) ? x : y)

static void S(add_four_rows)(const void *const *rows, void *accumulator, int64_t n) {
    const T *p = rows[0], *q = rows[1], *r = rows[2], *s = rows[3];
    T *o = accumulator;
    int64_t i = 0;
    for (; i + N <= n; i += N) {
        V sum = (S(load)(p + i) + S(load)(q + i)) + (S(load)(r + i) + S(load)(s + i));
        S(store)(o + i, S(load)(o + i) + sum);
    }
    for (; i < n; i++) o[i] += (p[i] + q[i]) + (r[i] + s[i]);
}

static int64_t S(find)(const void *in, int64_t n, const void *value) {
    const T *p = in;
    T wanted = *(const T *)value;
    if (wanted != wanted) {
        for (int64_t i = 0; i < n; i++)
            if (p[i] != p[i]) return i;
        return -1;
    }
    int64_t i = 0;
    for (; i + N <= n; i += N)
        if (__builtin_reduce_or(S(load)(p + i) == wanted)) break;
    for (; i < n; i++)
        if (p[i] == wanted) return i;
    return -1;
}

// NaNs are passed over: they come back with the sum.
INLINE T S(largest)(const T *p, int64_t n) {
    V a = (V)(T)-__builtin_inf(), b = a, c = a, d = a;
    int64_t i = 0;
    for (; i + 4 * N <= n; i += 4 * N) {
        V w = S(load)(p + i), x = S(load)(p + i + N), y = S(load)(p + i + 2 * N), z = S(load)(p + i + 3 * N);
        a = w > a ? w : a;
        b = x > b ? x : b;
        c = y > c ? y : c;
        d = z > d ? z : d;
    }
    a = b > a ? b : a;
    c = d > c ? d : c;
    a = c > a ? c : a;
    T top = a[0];
    for (int lane = 1; lane < N; lane++) top = a[lane] > top ? a[lane] : top;
    for (; i < n; i++) top = p[i] > top ? p[i] : top;
    return top;
}

// Σ exp(x - top), and the terms go to `out` unless that is null.
INLINE double S(exp_sum)(const T *p, T *out, int64_t n, T top) {
    V a = (V)(T)0, b = a;
    int64_t i = 0;
    for (; i + 2 * N <= n; i += 2 * N) {
        V x = S(exp)(S(load)(p + i) - top), y = S(exp)(S(load)(p + i + N) - top);
        a += x;
        b += y;
        if (out) {
            S(store)(out + i, x);
            S(store)(out + i + N, y);
        }
    }
    a += b;
    double sum = 0;
    for (int lane = 0; lane < N; lane++) sum += a[lane];
    for (; i < n; i += N) {
        int64_t left = kd_smaller(N, n - i);
        V x = S(exp)(S(load_part)(p + i, left) - top);
        for (int64_t lane = 0; lane < left; lane++) sum += x[lane];
        if (out) S(store_part)(out + i, x, left);
    }
    return sum;
}

static double S(log_sum_exp)(const void *in, int64_t n) {
    T top = S(largest)(in, n);
    double sum = S(exp_sum)(in, NULL, n, top);
    if (n > 0 && sum != sum && (top == (T)__builtin_inf() || top == -(T)__builtin_inf())) {
        for (int64_t i = 0; i < n; i++)
            if (((const T *)in)[i] != ((const T *)in)[i]) return sum;
        return top;
    }
    return (double)top + log(sum);
}

static void S(softmax)(const void *in, void *out, int64_t n, bool logarithm) {
    const T *p = in;
    T *o = out;
    T top = S(largest)(p, n);
    if (logarithm) {
        T rest = (T)log(S(exp_sum)(p, NULL, n, top));
        for (int64_t i = 0; i < n; i++) o[i] = p[i] - top - rest;
        return;
    }
    T share = (T)(1.0 / S(exp_sum)(p, o, n, top));
    int64_t i = 0;
    for (; i + N <= n; i += N) S(store)(o + i, S(load)(o + i) * share);
    for (; i < n; i++) o[i] *= share;
}

// y · (u - Σ u y), and for the logarithm u - exp(y) Σ u.
static void S(softmax_gradient)(const void *upstream, const void *y, void *out, int64_t n, bool logarithm) {
    const T *u = upstream, *p = y;
    T *o = out;
    V a = (V)(T)0;
    double sum = 0;
    int64_t i = 0;
    for (; i + N <= n; i += N) {
        V x = S(load)(u + i);
        a += logarithm ? x : x * S(load)(p + i);
    }
    for (int lane = 0; lane < N; lane++) sum += a[lane];
    for (; i < n; i++) sum += (double)u[i] * (logarithm ? (T)1 : p[i]);
    T total = (T)sum;
    for (i = 0; i < n; i += N) {
        int64_t left = kd_smaller(N, n - i);
        V x = left == N ? S(load)(u + i) : S(load_part)(u + i, left);
        V z = left == N ? S(load)(p + i) : S(load_part)(p + i, left);
        V g = logarithm ? FMA(-S(exp)(z), (V)total, x) : z * (x - total);
        if (left == N) S(store)(o + i, g);
        else S(store_part)(o + i, g, left);
    }
}

static void S(scaled_exp)(const void *in, void *out, int64_t n, double lse, double a, double b) {
    const T *p = in;
    T *o = out;
    T shift = (T)lse, factor = (T)a, addend = (T)b;
    for (int64_t i = 0; i < n; i += N) {
        int64_t left = kd_smaller(N, n - i);
        V x = left == N ? S(load)(p + i) : S(load_part)(p + i, left);
        V y = FMA(S(exp)(x - shift), (V)factor, (V)addend);
        if (left == N) S(store)(o + i, y);
        else S(store_part)(o + i, y, left);
    }
}

static void S(weighted_sums)(const void *x, const void *weights, int64_t n, double *wx, double *w) {
    const T *p = x, *q = weights;
    double sum = 0, total = 0;
    for (int64_t i = 0; i < n; i++) {
        double weight = q ? (double)q[i] : 1.0;
        if (weight != 0) sum += weight * (double)p[i];
        total += weight;
    }
    *wx = sum;
    *w = total;
}
