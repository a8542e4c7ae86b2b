// SPDX-License-Identifier: Apache-2.0
// Functions of float vectors, each within a few ulps over the whole range. The coefficients are our own weighted
// minimax fits (least squares, reweighted until the largest error stops falling) on the reduced ranges named.

#define INFINITE_F ((vf)__builtin_inff())
#define NOT_A_NUMBER_F ((vf)__builtin_nanf(""))

// 2^n for n in -126 ... 127.
INLINE vf power_of_two(vi n) { return (vf)((n + 127) << 23); }

// x = n ln 2 + r with |r| ≤ ln 2 / 2. The upper part of ln 2 has few bits, so that n times it is exact without fma.
INLINE vf reduce_exponent(vf x, vi *n, vf *whole) {
    vf shifted = FMA(x, (vf)1.44269504088896341f, (vf)0x1.8p23f);
    *n = (vi)shifted - (vi)(vf)0x1.8p23f;
    *whole = shifted - 0x1.8p23f;
    vf r = FMA(*whole, (vf)-0.693359375f, x);
    return FMA(*whole, (vf)2.12194440054690583e-4f, r);
}

// (exp(r) - 1 - r) / r² for |r| ≤ ln 2 / 2.
INLINE vf exp_tail(vf r) {
    vf q = FMA((vf)1.381314450e-03f, r, (vf)8.369418836e-03f);
    q = FMA(q, r, (vf)4.166845679e-02f);
    q = FMA(q, r, (vf)1.666651479e-01f);
    return FMA(q, r, (vf)4.999999305e-01f);
}

// Whether some lane is nonzero.
INLINE bool any_lane(vi lanes) {
#if defined(KD_ANY)
    return KD_ANY(lanes);
#else
    return __builtin_reduce_or(lanes) != 0;
#endif
}

// The usual case: results are normal numbers, so that n is added to the exponent. All else takes two steps.
INLINE vf exp_f(vf x) {
    vi n;
    vf whole, r = reduce_exponent(x, &n, &whole);
    vf p = FMA(FMA(exp_tail(r), r, (vf)1.0f), r, (vf)1.0f);
    if (__builtin_expect(any_lane(((vi)x & 0x7fffffff) > 0x42ae0000), 0)) {  // |x| > 87, or NaN
        x = x > 90.0f ? (vf)90.0f : x;
        x = x < -105.0f ? (vf)-105.0f : x;
        r = reduce_exponent(x, &n, &whole);
        p = FMA(FMA(exp_tail(r), r, (vf)1.0f), r, (vf)1.0f);
        vi half = n >> 1;
        return p * power_of_two(half) * power_of_two(n - half);
    }
    return (vf)((vi)p + (n << 23));
}

INLINE vf expm1_f(vf x) {
    vf bounded = x > 88.8f ? (vf)88.8f : x;
    bounded = bounded < -20.0f ? (vf)-20.0f : bounded;
    vi n;
    vf ignored, r = reduce_exponent(bounded, &n, &ignored);
    vf p = FMA(exp_tail(r), r * r, r);
    vf scale = power_of_two(n - 1);  // half of it, so that n = 128 is in range
    vf y = 2.0f * FMA(scale, p, scale - 0.5f);
    return absolute_f(x) < 0x1p-25f ? x : y;
}

// log(2^k (1 + f) + correction) for 1 + f in √½ ... √2, from f, k and the correction.
INLINE vf log_of_parts(vf f, vf k, vf correction) {
    vf s = f / (2.0f + f);
    vf z = s * s;
    vf r = FMA((vf)2.361066512e-01f, z, (vf)2.853588265e-01f);
    r = FMA(r, z, (vf)4.000035627e-01f);
    r = FMA(r, z, (vf)6.666666556e-01f) * z;
    vf half_square = 0.5f * f * f;
    vf low = FMA(k, (vf)-2.12194440054690583e-4f, correction);
    return FMA(k, (vf)0.693359375f, f - (half_square - FMA(s, half_square + r, low)));
}

INLINE vf log_f(vf x) {
    vi tiny = x < 0x1p-126f;
    vf scaled = tiny ? x * 0x1p25f : x;
    vi bits = (vi)scaled + (0x3f800000 - 0x3f3504f3);
    vi k = (bits >> 23) - 127 - (tiny & 25);
    vf f = (vf)((bits & 0x7fffff) + 0x3f3504f3) - 1.0f;
    vf y = log_of_parts(f, __builtin_convertvector(k, vf), (vf)0.0f);
    y = x == INFINITE_F ? x : y;
    y = x == 0.0f ? -INFINITE_F : y;
    return x >= 0.0f ? y : NOT_A_NUMBER_F;
}

INLINE vf log1p_f(vf x) {
    vf u = 1.0f + x;
    vi bits = (vi)u + (0x3f800000 - 0x3f3504f3);
    vi k = (bits >> 23) - 127;
    // What 1 + x lost in rounding, relative to it.
    vf lost = (k > 0 ? 1.0f - (u - x) : x - (u - 1.0f)) / u;
    vf f = (vf)((bits & 0x7fffff) + 0x3f3504f3) - 1.0f;
    vf y = log_of_parts(k == 0 ? x : f, __builtin_convertvector(k, vf), k == 0 ? (vf)0.0f : lost);
    y = absolute_f(x) < 0x1p-25f ? x : y;
    y = x == INFINITE_F ? x : y;
    y = x == -1.0f ? -INFINITE_F : y;
    return x >= -1.0f ? y : NOT_A_NUMBER_F;
}

INLINE vf sigmoid_f(vf x) {
    vf e = exp_f(-absolute_f(x));
    return (x >= 0.0f ? (vf)1.0f : e) / (1.0f + e);
}

INLINE vf softplus_f(vf x) { return (x > 0.0f ? x : (vf)0.0f) + log1p_f(exp_f(-absolute_f(x))); }

INLINE vf tanh_f(vf x) {
    vf magnitude = absolute_f(x);
    vf t = expm1_f(2.0f * (magnitude > 10.0f ? (vf)10.0f : magnitude));
    vf y = with_sign_f(t / (t + 2.0f), x);
    return magnitude < 0x1p-14f ? x : y;
}

// |x| ≤ 0.92: x (1 + P(x²)); beyond: 1 - exp(log erfc |x|), whose error shrinks with erfc.
INLINE vf erf_f(vf x) {
    vf z = x * x;
    vf p = FMA((vf)8.345227604e-05f, z, (vf)-8.137438266e-04f);
    p = FMA(p, z, (vf)5.200634374e-03f);
    p = FMA(p, z, (vf)-2.685927081e-02f);
    p = FMA(p, z, (vf)1.128369394e-01f);
    p = FMA(p, z, (vf)-3.761263370e-01f);
    p = FMA(p, z, (vf)1.283791666e-01f);
    p = FMA(p, x, x);
    vf t = absolute_f(x);
    t = t > 4.0f ? (vf)4.0f : t;
    vf q = FMA((vf)-1.152226730e-05f, t, (vf)3.256524818e-04f);
    q = FMA(q, t, (vf)-3.653763208e-03f);
    q = FMA(q, t, (vf)2.378534534e-02f);
    q = FMA(q, t, (vf)-1.062631440e-01f);
    q = FMA(q, t, (vf)-6.351359134e-01f);
    q = FMA(q, t, (vf)-1.286521623e-01f);
    vf far = with_sign_f(1.0f - exp_f(FMA(q, t, -t)), x);
    return absolute_f(x) > 0.92f ? far : p;
}

INLINE vf lanes_by(float (*function)(float), vf x, vf y, vi lanes) {
    for (int i = 0; i < LANES; i++)
        if (lanes[i]) y[i] = function(x[i]);
    return y;
}

// The quarter turns in x and what is left, reduced in double precision; good to |x| = 10⁶.
INLINE vf reduce_angle(vf x, vi *quarter) {
    vw wide = __builtin_convertvector(x, vw);
    vw shifted = wide * 0.63661977236758134308 + 0x1.8p52;
    *quarter = __builtin_convertvector((vwl)shifted, vi);
    vw whole = shifted - 0x1.8p52;
    vw r = wide - whole * 1.57079632673412561417;  // 33 bits of π/2
    return __builtin_convertvector(r - whole * 6.07710050650619224932e-11, vf);
}

INLINE vf small_sin(vf r, vf z) {
    vf p = FMA((vf)2.717564504e-06f, z, (vf)-1.983925664e-04f);
    p = FMA(p, z, (vf)8.333329144e-03f);
    p = FMA(p, z, (vf)-1.666666664e-01f);
    return FMA(p, z * r, r);
}

INLINE vf small_cos(vf z) {
    vf p = FMA((vf)2.443120502e-05f, z, (vf)-1.388730604e-03f);
    p = FMA(p, z, (vf)4.166664565e-02f);
    return FMA(p, z * z, FMA((vf)-0.5f, z, (vf)1.0f));
}

#define FAR_ANGLE(x) (~(absolute_f(x) <= 1e6f))

INLINE vf sin_of_turns(vf x, int32_t turns) {
    vi quarter;
    vf r = reduce_angle(x, &quarter);
    quarter += turns;
    vf z = r * r;
    vf y = (quarter & 1) != 0 ? small_cos(z) : small_sin(r, z);
    return (vf)((vi)y ^ ((quarter & 2) << 30));
}

INLINE vf sin_f(vf x) {
    vf y = sin_of_turns(x, 0);
    y = absolute_f(x) < 0x1p-13f ? x : y;
    vi far = FAR_ANGLE(x);
    return any_lane(far) ? lanes_by(sinf, x, y, far) : y;
}

INLINE vf cos_f(vf x) {
    vf y = sin_of_turns(x, 1);
    vi far = FAR_ANGLE(x);
    return any_lane(far) ? lanes_by(cosf, x, y, far) : y;
}

INLINE vf tan_f(vf x) {
    vi quarter;
    vf r = reduce_angle(x, &quarter);
    vf z = r * r, s = small_sin(r, z), c = small_cos(z);
    vi odd = (quarter & 1) != 0;
    vf y = (odd ? -c : s) / (odd ? s : c);
    y = absolute_f(x) < 0x1p-13f ? x : y;
    vi far = FAR_ANGLE(x);
    return any_lane(far) ? lanes_by(tanf, x, y, far) : y;
}

// x^y = 2^(y log₂ x), in double precision, so that the exponent keeps enough bits.
INLINE vf power_f(vf x, vf y) {
    vf magnitude = absolute_f(x);
    vw wide = __builtin_convertvector(magnitude, vw), exponent = __builtin_convertvector(y, vw);
    vwl bits = (vwl)wide + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
    vwl raised = (vwl)(((bits >> 52) & 0x7ff) | 0x4330000000000000);
    vw k = (vw)raised - (0x1p52 + 1023.0);
    vw f = (vw)((bits & 0xfffffffffffff) + 0x3fe6a09e667f3bcd) - 1.0;
    vw s = f / (f + 2.0), z = s * s;
    vw p = FMA((vw)8.42385616722535480e-02, z, (vw)9.06071057551946779e-02);
    p = FMA(p, z, (vw)1.11117181821932920e-01);
    p = FMA(p, z, (vw)1.42857081504658867e-01);
    p = FMA(p, z, (vw)2.00000000283201723e-01);
    p = FMA(p, z, (vw)3.33333333332902271e-01);
    p = FMA(p * z, s, s);
    vw logarithm = FMA(p, (vw)2.88539008177792681472, k);
    logarithm = wide == 0.0 ? (vw)-__builtin_inf() : logarithm;
    logarithm = wide == __builtin_inf() ? wide : logarithm;
    vw t = exponent * logarithm;
    t = t > 300.0 ? (vw)300.0 : t;
    t = t < -300.0 ? (vw)-300.0 : t;
    vw shifted = t + 0x1.8p52;
    vw r = t - (shifted - 0x1.8p52);
    vw e = FMA((vw)1.53151987312489371e-05, r, (vw)1.54673651907491667e-04);
    e = FMA(e, r, (vw)1.33334297541363284e-03);
    e = FMA(e, r, (vw)9.61803617087698959e-03);
    e = FMA(e, r, (vw)5.55041096374254764e-02);
    e = FMA(e, r, (vw)2.40226510804334326e-01);
    e = FMA(e, r, (vw)6.93147180541356822e-01);
    e = FMA(e, r, (vw)1.0);
    vf result = __builtin_convertvector((vw)((vwl)e + ((vwl)shifted << 52)), vf);
    vi whole = __builtin_elementwise_trunc(y) == y;
    vi odd = whole & (__builtin_elementwise_trunc(0.5f * y) != 0.5f * y);
    result = (vf)((vi)result | (odd & (vi)x & (int32_t)0x80000000));
    result = ((x < 0.0f) & (magnitude != INFINITE_F) & ~whole) ? NOT_A_NUMBER_F : result;
    result = ((x != x) | (y != y)) ? x + y : result;
    vi one = (y == 0.0f) | (x == 1.0f) | ((x == -1.0f) & (absolute_f(y) == INFINITE_F));
    return one ? (vf)1.0f : result;
}
