// SPDX-License-Identifier: Apache-2.0
// Normalization over real numbers; included for float and for double as rows_real.h is. W is a vector of as many
// doubles as V has lanes: sums over a whole batch are kept in double precision.

#define WIDE(v) __builtin_convertvector(v, W)
#define LOAD(p) (whole ? S(load)(p) : S(load_part)(p, left))
#define STORE(p, v) do { if (whole) S(store)(p, v); else S(store_part)(p, v, left); } while (0)
#define EACH_VECTOR(n) \
    for (int64_t i = 0, left = kd_smaller(N, n), whole = left == N; i < n; \
        i += N, left = kd_smaller(N, n - i), whole = left == N)

// By address: a vector of doubles is wider than some callers may hand over.
INLINE double S(total)(const W *sums) {
    double sum = 0;
    for (int lane = 0; lane < N; lane++) sum += (*sums)[lane];
    return sum;
}

// Adds Σ (x - shift) and Σ (x - shift)².
static void S(shifted_moments)(const void *in, int64_t n, double shift, double *sum, double *squares) {
    const T *p = in;
    W a = (W)0.0, b = a, c = a, d = a;
    int64_t i = 0;
    for (; i + 2 * N <= n; i += 2 * N) {
        W x = WIDE(S(load)(p + i)) - shift, y = WIDE(S(load)(p + i + N)) - shift;
        a += x;
        b += x * x;
        c += y;
        d += y * y;
    }
    a += c;
    b += d;
    *sum += S(total)(&a);
    *squares += S(total)(&b);
    for (; i < n; i++) {
        double x = (double)p[i] - shift;
        *sum += x;
        *squares += x * x;
    }
}

// y = (x - mean) · scale · weight[i] + bias[i]; without the arrays 1 and `bias`.
static void S(normalize)(
    const void *in, void *out, int64_t n, double mean, double scale, const void *weights, const void *biases,
    double bias
) {
    const T *p = in, *w = weights, *b = biases;
    T *o = out;
    T middle = (T)mean, factor = (T)scale, addend = (T)bias;
    EACH_VECTOR(n) {
        V x = (LOAD(p + i) - middle) * factor;
        if (w) x *= LOAD(w + i);
        x += b ? LOAD(b + i) : (V)addend;
        STORE(o + i, x);
    }
}

// Adds Σ g w and Σ g w (x - mean).
static void S(gradient_moments)(
    const void *upstream, const void *in, int64_t n, double mean, const void *weights, double *sum, double *products
) {
    const T *g = upstream, *p = in, *w = weights;
    W a = (W)0.0, b = a;
    int64_t i = 0;
    for (; i + N <= n; i += N) {
        V u = S(load)(g + i);
        if (w) u *= S(load)(w + i);
        W wide = WIDE(u);
        a += wide;
        b += wide * (WIDE(S(load)(p + i)) - mean);
    }
    *sum += S(total)(&a);
    *products += S(total)(&b);
    for (; i < n; i++) {
        double u = w ? (double)(g[i] * w[i]) : (double)g[i];
        *sum += u;
        *products += u * ((double)p[i] - mean);
    }
}

// out = g · w · scale + (x - mean) · slope + rest.
static void S(gradient)(
    const void *upstream, const void *in, void *out, int64_t n, double mean, const void *weights, double scale,
    double slope, double rest
) {
    const T *g = upstream, *p = in, *w = weights;
    T *o = out;
    T middle = (T)mean, factor = (T)scale, incline = (T)slope, addend = (T)rest;
    EACH_VECTOR(n) {
        V u = LOAD(g + i) * factor;
        if (w) u *= LOAD(w + i);
        STORE(o + i, u + FMA(LOAD(p + i) - middle, (V)incline, (V)addend));
    }
}

// As `shifted_moments` for each of n columns of some rows.
static void S(column_moments)(
    const void *in, int64_t rows, int64_t n, const double *shift, double *sum, double *squares
) {
    const T *p = in;
    int64_t column = 0;
    for (; column + N <= n; column += N) {
        W a = (W)0.0, b = a, middle;
        __builtin_memcpy(&middle, shift + column, sizeof middle);
        for (int64_t row = 0; row < rows; row++) {
            W x = WIDE(S(load)(p + row * n + column)) - middle;
            a += x;
            b += x * x;
        }
        for (int lane = 0; lane < N; lane++) sum[column + lane] += a[lane], squares[column + lane] += b[lane];
    }
    for (; column < n; column++)
        for (int64_t row = 0; row < rows; row++) {
            double x = (double)p[row * n + column] - shift[column];
            sum[column] += x;
            squares[column] += x * x;
        }
}

// y = (x - mean) · scale + bias for each column; the three of the columns' type.
static void S(column_normalize)(
    const void *in, void *out, int64_t rows, int64_t n, const void *means, const void *scales, const void *biases
) {
    const T *p = in, *m = means, *s = scales, *b = biases;
    T *o = out;
    for (int64_t row = 0; row < rows; row++, p += n, o += n)
        EACH_VECTOR(n) STORE(o + i, FMA(LOAD(p + i) - LOAD(m + i), LOAD(s + i), LOAD(b + i)));
}

// As `gradient_moments` for each column, without weights; `scale` multiplies the products of each row, where given.
static void S(column_gradient_moments)(
    const void *upstream, const void *in, int64_t rows, int64_t n, const double *means, const double *row_means,
    const double *row_scales, double *sum, double *products
) {
    const T *g = upstream, *p = in;
    int64_t column = 0;
    for (; column + N <= n; column += N) {
        W a = (W)0.0, b = a, middle = a;
        if (means) __builtin_memcpy(&middle, means + column, sizeof middle);
        for (int64_t row = 0; row < rows; row++) {
            W u = WIDE(S(load)(g + row * n + column)), x = WIDE(S(load)(p + row * n + column));
            a += u;
            b += u * (means ? x - middle : (x - row_means[row]) * row_scales[row]);
        }
        for (int lane = 0; lane < N; lane++) sum[column + lane] += a[lane], products[column + lane] += b[lane];
    }
    for (; column < n; column++)
        for (int64_t row = 0; row < rows; row++) {
            double u = (double)g[row * n + column], x = (double)p[row * n + column];
            sum[column] += u;
            products[column] += u * (means ? x - means[column] : (x - row_means[row]) * row_scales[row]);
        }
}

// out = g · scale + (x - mean) · slope + rest for each column.
static void S(column_gradient)(
    const void *upstream, const void *in, void *out, int64_t rows, int64_t n, const void *means, const void *scales,
    const void *slopes, const void *rests
) {
    const T *g = upstream, *p = in, *m = means, *s = scales, *q = slopes, *r = rests;
    T *o = out;
    for (int64_t row = 0; row < rows; row++, g += n, p += n, o += n)
        EACH_VECTOR(n) {
            V rest = FMA(LOAD(p + i) - LOAD(m + i), LOAD(q + i), LOAD(r + i));
            STORE(o + i, FMA(LOAD(g + i), LOAD(s + i), rest));
        }
}

#undef WIDE
#undef LOAD
#undef STORE
#undef EACH_VECTOR
