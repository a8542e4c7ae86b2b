// SPDX-License-Identifier: Apache-2.0
// Loads and stores of the eight element types, into and out of the three arithmetics.

#if KD_HALVES
INLINE float from_half(uint16_t bits) {
    _Float16 half;
    __builtin_memcpy(&half, &bits, 2);
    return (float)half;
}
INLINE uint16_t to_half(float x) {
    _Float16 half = (_Float16)x;
    uint16_t bits;
    __builtin_memcpy(&bits, &half, 2);
    return bits;
}
#else
INLINE float from_half(uint16_t bits) {
    uint32_t magnitude = (uint32_t)(bits & 0x7fff) << 13, exponent = magnitude & 0x0f800000, u;
    float f;
    u = magnitude + (112u << 23);
    if (exponent == 0x0f800000) u += 112u << 23;
    if (exponent > 0x0f800000 - 1 && (magnitude & 0x7fffff)) u |= 0x400000;
    float subnormal;
    uint32_t v = magnitude + (113u << 23);
    __builtin_memcpy(&subnormal, &v, 4);
    subnormal -= 0x1p-14f;
    __builtin_memcpy(&v, &subnormal, 4);
    u = (exponent == 0 ? v : u) | (uint32_t)(bits & 0x8000) << 16;
    __builtin_memcpy(&f, &u, 4);
    return f;
}
INLINE uint16_t to_half(float x) {
    uint32_t u, sign, v;
    __builtin_memcpy(&u, &x, 4);
    sign = u & 0x80000000;
    u ^= sign;
    float magnitude;
    __builtin_memcpy(&magnitude, &u, 4);
    float subnormal = magnitude + 0.5f;  // half's smallest step is the last bit of 0.5
    __builtin_memcpy(&v, &subnormal, 4);
    uint32_t normal = (u + 0xfff + ((u >> 13) & 1) - (112u << 23)) >> 13;
    uint32_t h = u < 0x38800000 ? v - 0x3f000000 : normal;
    h = u >= 0x477ff000 ? 0x7c00 : h;
    h = u > 0x7f800000 ? 0x7e00 | ((u >> 13) & 0x3ff) : h;
    return (uint16_t)(h | sign >> 16);
}
#endif

INLINE float from_bfloat(uint16_t bits) {
    uint32_t u = (uint32_t)bits << 16;
    float f;
    __builtin_memcpy(&f, &u, 4);
    return f;
}
INLINE uint16_t to_bfloat(float x) {
    uint32_t u;
    __builtin_memcpy(&u, &x, 4);
    uint32_t rounded = (u + 0x7fff + ((u >> 16) & 1)) >> 16;
    return (uint16_t)(x != x ? (u >> 16) | 0x40 : rounded);
}
// Rounds to odd, so that a second rounding to fewer bits gives what one rounding would have given.
INLINE float to_odd_float(double x) {
    float f = (float)x;
    uint32_t u;
    __builtin_memcpy(&u, &f, 4);
    if (x != x || (double)f == x) return f;
    if (fabs((double)f) > fabs(x)) u -= 1;
    u |= 1;
    __builtin_memcpy(&f, &u, 4);
    return f;
}
INLINE int64_t float_to_int64(float x) {
    float bounded = x > 0x1.fffffep62f ? 0x1.fffffep62f : x < -0x1p63f ? -0x1p63f : x;
    return x != x ? 0 : x >= 0x1p63f ? INT64_MAX : (int64_t)bounded;
}

#define CONVERT(name, From, To, expression) \
    static void name(const void *in, void *out, int64_t n) { \
        const From *p = in; \
        To *o = out; \
        for (int64_t i = 0; i < n; i++) { \
            From x = p[i]; \
            o[i] = (To)(expression); \
        } \
    }

#define LOADS(suffix, To) \
    CONVERT(load_float32_##suffix, float, To, KD_REAL_TO_##suffix(x)) \
    CONVERT(load_float64_##suffix, double, To, KD_WIDE_TO_##suffix(x)) \
    CONVERT(load_float16_##suffix, uint16_t, To, KD_REAL_TO_##suffix(from_half(x))) \
    CONVERT(load_bfloat16_##suffix, uint16_t, To, KD_REAL_TO_##suffix(from_bfloat(x))) \
    CONVERT(load_int32_##suffix, int32_t, To, x) \
    CONVERT(load_int64_##suffix, int64_t, To, x) \
    CONVERT(load_uint8_##suffix, uint8_t, To, x) \
    CONVERT(load_bool_##suffix, uint8_t, To, x != 0)
#define KD_REAL_TO_f(x) (x)
#define KD_WIDE_TO_f(x) (x)
#define KD_REAL_TO_d(x) (x)
#define KD_WIDE_TO_d(x) (x)
#define KD_REAL_TO_l(x) float_to_int64(x)
#define KD_WIDE_TO_l(x) to_int64(x)
LOADS(f, float)
LOADS(d, double)
LOADS(l, int64_t)

#define STORES(suffix, From) \
    CONVERT(store_float32_##suffix, From, float, x) \
    CONVERT(store_float64_##suffix, From, double, x) \
    CONVERT(store_float16_##suffix, From, uint16_t, to_half(KD_NARROW_##suffix(x))) \
    CONVERT(store_bfloat16_##suffix, From, uint16_t, to_bfloat(KD_NARROW_##suffix(x))) \
    CONVERT(store_int32_##suffix, From, int32_t, KD_WHOLE_##suffix(x)) \
    CONVERT(store_int64_##suffix, From, int64_t, KD_WHOLE_##suffix(x)) \
    CONVERT(store_uint8_##suffix, From, uint8_t, KD_WHOLE_##suffix(x)) \
    CONVERT(store_bool_##suffix, From, uint8_t, x != 0)
#define KD_NARROW_f(x) (x)
#define KD_NARROW_d(x) to_odd_float(x)
#define KD_NARROW_l(x) to_odd_float((double)(x))
#define KD_WHOLE_f(x) float_to_int64(x)
#define KD_WHOLE_d(x) to_int64(x)
#define KD_WHOLE_l(x) (x)
STORES(f, float)
STORES(d, double)
STORES(l, int64_t)
