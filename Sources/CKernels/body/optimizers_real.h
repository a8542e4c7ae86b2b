// SPDX-License-Identifier: Apache-2.0
// Optimizer rules over real numbers; included for float and for double as operations_real.h is.

// A rule's numbers as the arithmetic has them: each rounded once.
typedef struct {
    T scale, decay, keep, rate, momentum, share, beta1, beta2, share1, share2, epsilon, correction, gradient_share,
        momentum_share;
    bool moves, nesterov, first, amsgrad, centered, adaptive;
} S(numbers);

// One vector of parameter, gradient and slots; the gradient is scaled and weight decay is done.
typedef struct {
    V p, g, s[3];
} S(element);

INLINE V S(root)(V x) { return __builtin_elementwise_sqrt(x); }
INLINE V S(larger)(V x, V y) { return CHOOSE((x > y) | (x != x), x, y); }

INLINE S(numbers) S(numbers_of)(const kd_rule *r) {
    return (S(numbers)){
        .scale = (T)r->scale, .decay = (T)r->decay, .keep = (T)r->keep, .rate = (T)r->rate,
        .momentum = (T)r->momentum, .share = (T)(1 - r->dampening), .beta1 = (T)r->beta1, .beta2 = (T)r->beta2,
        .share1 = (T)(1 - r->beta1), .share2 = (T)(1 - r->beta2), .epsilon = (T)r->epsilon,
        .correction = (T)r->correction, .gradient_share = (T)r->gradient_share,
        .momentum_share = (T)r->momentum_share, .moves = r->momentum != 0, .nesterov = r->nesterov,
        .first = r->first, .amsgrad = r->amsgrad, .centered = r->centered, .adaptive = r->adaptive};
}

// Loads, runs the rule's step and stores. `step` is a constant where this is inlined, so it becomes part of the loop.
INLINE void S(each)(
    const kd_stretch *t, int64_t n, const kd_rule *rule, int slots, void (*step)(S(element) *, const S(numbers) *)) {
    const S(numbers) k = S(numbers_of)(rule);
    const T *parameter = t->parameter, *gradient = t->gradient, *in[3] = {t->slot0, t->slot1, t->slot2};
    T *parameter_out = t->parameter_out, *out[3] = {t->slot0_out, t->slot1_out, t->slot2_out};
    for (int64_t i = 0; i < n; i += N) {
        int64_t left = kd_smaller(N, n - i);
        bool whole = left == N;
        S(element) e;
        e.p = whole ? S(load)(parameter + i) : S(load_part)(parameter + i, left);
        e.g = (whole ? S(load)(gradient + i) : S(load_part)(gradient + i, left)) * k.scale;
        for (int s = 0; s < slots; s++) e.s[s] = whole ? S(load)(in[s] + i) : S(load_part)(in[s] + i, left);
        e.g = FMA(e.p, (V)k.decay, e.g);
        e.p *= k.keep;
        step(&e, &k);
        if (whole) {
            S(store)(parameter_out + i, e.p);
            for (int s = 0; s < slots; s++) S(store)(out[s] + i, e.s[s]);
        } else {
            S(store_part)(parameter_out + i, e.p, left);
            for (int s = 0; s < slots; s++) S(store_part)(out[s] + i, e.s[s], left);
        }
    }
}

#define RULE(name, slots) \
    static void S(name)(const kd_stretch *t, int64_t n, const kd_rule *rule) { S(each)(t, n, rule, slots, S(name##_step)); }

INLINE void S(sgd_step)(S(element) *e, const S(numbers) *k) {
    V direction = e->g;
    if (k->moves) {
        e->s[0] = k->first ? e->g : FMA(e->s[0], (V)k->momentum, k->share * e->g);
        direction = k->nesterov ? FMA(e->s[0], (V)k->momentum, e->g) : e->s[0];
    }
    e->p = FMA(direction, (V)-k->rate, e->p);
}
RULE(sgd, rule->momentum != 0)

INLINE void S(moments)(S(element) *e, const S(numbers) *k) {
    e->s[0] = FMA(e->s[0], (V)k->beta1, k->share1 * e->g);
    e->s[1] = FMA(e->s[1], (V)k->beta2, k->share2 * e->g * e->g);
}

INLINE void S(adam_step)(S(element) *e, const S(numbers) *k) {
    S(moments)(e, k);
    V second = e->s[1];
    if (k->amsgrad) second = e->s[2] = S(larger)(second, e->s[2]);
    e->p -= k->rate * e->s[0] / FMA(S(root)(second), (V)k->correction, (V)k->epsilon);
}
// The number of slots is a constant in each loop.
static void S(adam)(const kd_stretch *t, int64_t n, const kd_rule *rule) {
    if (rule->amsgrad) S(each)(t, n, rule, 3, S(adam_step));
    else S(each)(t, n, rule, 2, S(adam_step));
}

INLINE void S(adamax_step)(S(element) *e, const S(numbers) *k) {
    e->s[0] = FMA(e->s[0], (V)k->beta1, k->share1 * e->g);
    e->s[1] = S(larger)(S(absolute)(e->g) + k->epsilon, k->beta2 * e->s[1]);
    e->p -= k->rate * e->s[0] / e->s[1];
}
RULE(adamax, 2)

INLINE void S(nadam_step)(S(element) *e, const S(numbers) *k) {
    S(moments)(e, k);
    V direction = FMA(e->s[0], (V)k->momentum_share, k->gradient_share * e->g);
    e->p -= k->rate * direction / FMA(S(root)(e->s[1]), (V)k->correction, (V)k->epsilon);
}
RULE(nadam, 2)

INLINE void S(radam_step)(S(element) *e, const S(numbers) *k) {
    S(moments)(e, k);
    V direction = k->rate * e->s[0];
    if (k->adaptive) direction = direction * k->correction / (S(root)(e->s[1]) + k->epsilon);
    e->p -= direction;
}
RULE(radam, 2)

INLINE void S(rmsprop_step)(S(element) *e, const S(numbers) *k) {
    e->s[0] = FMA(e->s[0], (V)k->beta2, k->share2 * e->g * e->g);
    V second = e->s[0];
    if (k->centered) {
        e->s[1] = FMA(e->s[1], (V)k->beta2, k->share2 * e->g);
        second = S(larger)(second - e->s[1] * e->s[1], (V)(T)0);
    }
    V direction = e->g / (S(root)(second) + k->epsilon);
    if (k->moves) {
        V buffer = FMA(k->centered ? e->s[2] : e->s[1], (V)k->momentum, direction);
        if (k->centered) e->s[2] = buffer;
        else e->s[1] = buffer;
        direction = buffer;
    }
    e->p -= k->rate * direction;
}
RULE(rmsprop, 1 + rule->centered + (rule->momentum != 0))

INLINE void S(adagrad_step)(S(element) *e, const S(numbers) *k) {
    e->s[0] = FMA(e->g, e->g, e->s[0]);
    e->p -= k->rate * e->g / (S(root)(e->s[0]) + k->epsilon);
}
RULE(adagrad, 1)

INLINE void S(adadelta_step)(S(element) *e, const S(numbers) *k) {
    e->s[0] = FMA(e->s[0], (V)k->beta2, k->share2 * e->g * e->g);
    V direction = S(root)(e->s[1] + k->epsilon) / S(root)(e->s[0] + k->epsilon) * e->g;
    e->s[1] = FMA(e->s[1], (V)k->beta2, k->share2 * direction * direction);
    e->p -= k->rate * direction;
}
RULE(adadelta, 2)

INLINE void S(lion_step)(S(element) *e, const S(numbers) *k) {
    V mixed = FMA(e->s[0], (V)k->beta1, k->share1 * e->g);
    e->p -= k->rate * CHOOSE(mixed > 0, (T)1, CHOOSE(mixed < 0, (T)-1, mixed));
    e->s[0] = FMA(e->s[0], (V)k->beta2, k->share2 * e->g);
}
RULE(lion, 1)

#undef RULE
