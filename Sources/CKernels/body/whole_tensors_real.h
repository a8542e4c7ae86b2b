// SPDX-License-Identifier: Apache-2.0
// Stretches of the rules that know sums over whole tensors; included for float and for double as operations_real.h is.

// Vectors whose sum is kept in the arithmetic type before it joins a sum in double precision.
#define KD_TOGETHER 32

INLINE V S(take)(const T *p, int64_t left) { return left >= N ? S(load)(p) : S(load_part)(p, left); }
INLINE void S(give)(T *p, V v, int64_t left) {
    if (left >= N) S(store)(p, v);
    else S(store_part)(p, v, left);
}
// Zeros where there is no element.
INLINE V S(cut)(V v, int64_t left) {
    for (int64_t i = left; i < N; i++) v[i] = 0;
    return v;
}
INLINE double S(lanes_sum)(V v) {
    double total = 0;
    for (int i = 0; i < N; i++) total += v[i];
    return total;
}

// One vector of moments on its way, and the direction that they give.
INLINE V S(lamb_direction)(V p, V m, V v, const S(numbers) *k) {
    V adapted = m * k->momentum_share / FMA(S(root)(v), (V)k->correction, (V)k->epsilon);
    return FMA(p, (V)k->decay, adapted);
}

static void S(lamb_moments)(const kd_stretch *t, int64_t n, const kd_rule *rule, double *sums) {
    const S(numbers) k = S(numbers_of)(rule);
    const T *parameter = t->parameter, *gradient = t->gradient, *first = t->slot0, *second = t->slot1;
    T *first_out = t->slot0_out, *second_out = t->slot1_out;
    for (int64_t i = 0; i < n;) {
        int64_t end = kd_smaller(n, i + KD_TOGETHER * N);
        V size = 0, length = 0;
        for (; i < end; i += N) {
            int64_t left = n - i;
            S(element) e = {.p = S(take)(parameter + i, left), .g = S(take)(gradient + i, left) * k.scale};
            e.s[0] = S(take)(first + i, left);
            e.s[1] = S(take)(second + i, left);
            S(moments)(&e, &k);
            S(give)(first_out + i, e.s[0], left);
            S(give)(second_out + i, e.s[1], left);
            V direction = S(cut)(S(lamb_direction)(e.p, e.s[0], e.s[1], &k), left);
            e.p = S(cut)(e.p, left);
            size = FMA(e.p, e.p, size);
            length = FMA(direction, direction, length);
        }
        sums[0] += S(lanes_sum)(size);
        sums[1] += S(lanes_sum)(length);
    }
}

static void S(lamb_step)(const kd_stretch *t, int64_t n, const kd_rule *rule, double rate) {
    const S(numbers) k = S(numbers_of)(rule);
    const T *parameter = t->parameter, *first = t->slot0_out, *second = t->slot1_out;
    T *parameter_out = t->parameter_out;
    for (int64_t i = 0; i < n; i += N) {
        int64_t left = n - i;
        V p = S(take)(parameter + i, left);
        V direction = S(lamb_direction)(p, S(take)(first + i, left), S(take)(second + i, left), &k);
        S(give)(parameter_out + i, FMA(direction, (V)(T)-rate, p), left);
    }
}

static void S(squares)(const void *in, int64_t n, double scale, void *column_sums, double *sum) {
    const T *gradient = in;
    T *columns = column_sums;
    for (int64_t i = 0; i < n;) {
        int64_t end = kd_smaller(n, i + KD_TOGETHER * N);
        V total = 0;
        for (; i < end; i += N) {
            int64_t left = n - i;
            V g = S(cut)(S(take)(gradient + i, left) * (T)scale, left);
            S(give)(columns + i, FMA(g, g, S(take)(columns + i, left)), left);
            total = FMA(g, g, total);
        }
        *sum += S(lanes_sum)(total);
    }
}

static void S(second_moment)(const kd_stretch *t, int64_t n, double scale, double pace) {
    const T *gradient = t->gradient, *moment = t->slot0;
    T *moment_out = t->slot0_out;
    for (int64_t i = 0; i < n; i += N) {
        int64_t left = n - i;
        V g = S(take)(gradient + i, left) * (T)scale, old = S(take)(moment + i, left);
        S(give)(moment_out + i, FMA(FMA(g, g, -old), (V)(T)pace, old), left);
    }
}

// g / √max(second moment, least).
INLINE V S(factored_direction)(const T *gradient, const T *moment, int64_t left, const kd_factored *by) {
    V second = S(larger)(S(take)(moment, left) * (T)by->factor, (V)(T)by->least);
    return S(take)(gradient, left) * (T)by->scale / S(root)(second);
}

static void S(factored_sums)(const kd_stretch *t, int64_t n, const kd_factored *by, double *sums) {
    const kd_factored own = *by;  // Nothing that is stored can be it.
    const T *parameter = t->parameter, *gradient = t->gradient, *moment = t->slot0_out;
    for (int64_t i = 0; i < n;) {
        int64_t end = kd_smaller(n, i + KD_TOGETHER * N);
        V size = 0, length = 0;
        for (; i < end; i += N) {
            int64_t left = n - i;
            V direction = S(cut)(S(factored_direction)(gradient + i, moment + i, left, &own), left);
            V p = S(cut)(S(take)(parameter + i, left), left);
            size = FMA(p, p, size);
            length = FMA(direction, direction, length);
        }
        sums[0] += S(lanes_sum)(size);
        sums[1] += S(lanes_sum)(length);
    }
}

static void S(factored_step)(const kd_stretch *t, int64_t n, const kd_factored *by) {
    const kd_factored own = *by;
    const T *parameter = t->parameter, *gradient = t->gradient, *moment = t->slot0_out;
    T *parameter_out = t->parameter_out;
    for (int64_t i = 0; i < n; i += N) {
        int64_t left = n - i;
        V direction = S(factored_direction)(gradient + i, moment + i, left, &own);
        V kept = S(take)(parameter + i, left) * (T)own.keep;
        S(give)(parameter_out + i, FMA(direction, (V)(T)-own.rate, kept), left);
    }
}

#undef KD_TOGETHER
