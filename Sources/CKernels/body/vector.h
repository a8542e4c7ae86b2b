// SPDX-License-Identifier: Apache-2.0
// Vectors of KD_BYTES bytes, and how they are loaded and stored.
#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))
#define LANES (KD_BYTES / 4)
#define LANES64 (KD_BYTES / 8)

typedef float vf __attribute__((ext_vector_type(LANES)));
typedef int32_t vi __attribute__((ext_vector_type(LANES)));
typedef uint32_t vu __attribute__((ext_vector_type(LANES)));
typedef double vd __attribute__((ext_vector_type(LANES64)));
typedef int64_t vl __attribute__((ext_vector_type(LANES64)));
// As many doubles as a float vector has lanes: two registers.
typedef double vw __attribute__((ext_vector_type(LANES)));
typedef int64_t vwl __attribute__((ext_vector_type(LANES)));

#if KD_FUSED
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#else
#define FMA(a, b, c) ((a) * (b) + (c))
#endif

#define LOAD_STORE(V, T, suffix) \
    INLINE V load_##suffix(const T *p) { V v; __builtin_memcpy(&v, p, sizeof v); return v; } \
    INLINE void store_##suffix(T *p, V v) { __builtin_memcpy(p, &v, sizeof v); } \
    INLINE V load_part_##suffix(const T *p, int64_t n) { \
        V v = (V)(T)1; \
        for (int64_t i = 0; i < n; i++) v[i] = p[i]; \
        return v; \
    } \
    INLINE void store_part_##suffix(T *p, V v, int64_t n) { \
        for (int64_t i = 0; i < n; i++) p[i] = v[i]; \
    }
LOAD_STORE(vf, float, f)
LOAD_STORE(vd, double, d)
LOAD_STORE(vl, int64_t, l)
LOAD_STORE(vu, uint32_t, u)

INLINE vf choose_f(vi mask, vf a, vf b) { return mask ? a : b; }
INLINE vd choose_d(vl mask, vd a, vd b) { return mask ? a : b; }
INLINE vf splat_f(float x) { return (vf)x; }
INLINE vd splat_d(double x) { return (vd)x; }
INLINE vf absolute_f(vf x) { return (vf)((vi)x & 0x7fffffff); }
INLINE vd absolute_d(vd x) { return (vd)((vl)x & INT64_MAX); }
INLINE vf with_sign_f(vf magnitude, vf sign) {
    return (vf)(((vi)magnitude & 0x7fffffff) | ((vi)sign & (int32_t)0x80000000));
}
