// SPDX-License-Identifier: Apache-2.0
// Moves of memory that need vectors: past the cache, and turned.

// Past the cache: a line that will not be read soon needs not be fetched before it is overwritten. `out` on a border
// of 64 bytes.
static void stream(const void *in, void *out, int64_t bytes) {
    const char *p = in;
    char *o = out;
    int64_t i = 0;
    for (; i + KD_BYTES <= bytes; i += KD_BYTES) {
        vf v;
        __builtin_memcpy(&v, p + i, sizeof v);
        __builtin_nontemporal_store(v, (vf *)(o + i));
    }
    __builtin_memcpy(o + i, p + i, (size_t)(bytes - i));
#if defined(__x86_64__)
    __builtin_ia32_sfence();
#endif
}

typedef uint32_t v8 __attribute__((ext_vector_type(8)));

// Turns 8 × 8 elements of 4 bytes; steps in bytes.
INLINE void turn_8(const char *in, int64_t in_step, char *out, int64_t out_step) {
    v8 a[8], b[8];
    for (int i = 0; i < 8; i++) __builtin_memcpy(&a[i], in + i * in_step, sizeof(v8));
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i += 2) {
        b[i] = __builtin_shufflevector(a[i], a[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        b[i + 1] = __builtin_shufflevector(a[i], a[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i++) {
        if (i & 2) continue;
        a[i] = __builtin_shufflevector(b[i], b[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
        a[i + 2] = __builtin_shufflevector(b[i], b[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
        b[i] = __builtin_shufflevector(a[i], a[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        b[i + 4] = __builtin_shufflevector(a[i], a[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
    for (int i = 0; i < 8; i++) __builtin_memcpy(out + i * out_step, &b[i], sizeof(v8));
}

static void turn_16(const void *in, int64_t in_step, void *out, int64_t out_step) {
    const char *p = in;
    char *o = out;
    for (int i = 0; i < 16; i += 8)
        for (int j = 0; j < 16; j += 8)
            turn_8(p + i * in_step + j * 4, in_step, o + j * out_step + i * 4, out_step);
}
