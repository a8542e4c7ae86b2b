// SPDX-License-Identifier: Apache-2.0
#include "pooling.h"

#include <math.h>
#include <string.h>

#include "kd_threads.h"

#define ALWAYS static inline __attribute__((always_inline))

ALWAYS float from_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

ALWAYS uint32_t to_bits(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

ALWAYS float bfloat_to_float(uint16_t x) { return from_bits((uint32_t)x << 16); }

// To nearest, ties to even; a NaN stays one.
ALWAYS uint16_t float_to_bfloat(float x) {
    const uint32_t bits = to_bits(x);
    const uint32_t rounded = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
    return (uint16_t)(x != x ? (bits >> 16 | 0x40) : rounded);
}

// Exponents are moved by a multiplication, which gets denormals right as well.
ALWAYS float half_to_float(uint16_t x) {
    const uint32_t magnitude = (uint32_t)(x & 0x7fff) << 13;
    uint32_t bits = to_bits(from_bits(magnitude) * 0x1p112f);
    bits |= magnitude >= 0x0f800000 ? 0x7f800000u : 0;
    return from_bits(bits | (uint32_t)(x & 0x8000) << 16);
}

// To nearest, ties to even: adding a number of the right size pushes what does not fit out of the mantissa.
ALWAYS uint16_t float_to_half(float x) {
    const uint32_t bits = to_bits(x), sign = bits >> 16 & 0x8000, magnitude = bits & 0x7fffffff;
    const uint32_t normal = (magnitude - 0x38000000 + 0xfff + (magnitude >> 13 & 1)) >> 13;
    const uint32_t small = to_bits(from_bits(magnitude) + 0.5f) - 0x3f000000;
    uint32_t half = magnitude < 0x38800000 ? small : normal;
    half = magnitude >= 0x477ff000 ? 0x7c00 : half;
    half = magnitude > 0x7f800000 ? 0x7e00 : half;
    return (uint16_t)(sign | half);
}

// How many elements a window's mean is over.
ALWAYS int64_t window_elements(const kd_pooling *p, int64_t o0, int64_t o1, int64_t o2) {
    const int64_t place[3] = {o0, o1, o2};
    int64_t elements = 1;
    for (int axis = 0; axis < 3; axis++) {
        if (p->function == 1) {
            elements *= p->window[axis];
            continue;
        }
        int64_t inside = 0;
        for (int64_t k = 0; k < p->window[axis]; k++) {
            const int64_t i = place[axis] * p->stride[axis] - p->padding[axis] + k * p->dilation[axis];
            inside += i >= 0 && i < p->input[axis];
        }
        elements *= inside;
    }
    return elements;
}

// The same source compiled for each instruction set.

#define KD_ISA(x) x##_baseline
#include "pooling_types.h"
#undef KD_ISA

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define KD_ISA(x) x##_avx2
#include "pooling_types.h"
#undef KD_ISA
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,fma"))), apply_to = function)
#define KD_ISA(x) x##_avx512
#include "pooling_types.h"
#undef KD_ISA
#pragma clang attribute pop
#endif

static int isa(void) {
#if defined(__x86_64__)
    if (strcmp(kd_isa_name(), "avx512") == 0) return 2;
    if (strcmp(kd_isa_name(), "avx2") == 0) return 1;
#endif
    return 0;
}

int64_t kd_pooling_units(const kd_pooling *p, int32_t backward) {
    const int64_t *size = backward ? p->input : p->output;
    return p->batch * size[0] * size[1];
}

void kd_pooling_forward(const kd_pooling *p, int64_t begin, int64_t end) {
    switch (isa()) {
#if defined(__x86_64__)
    case 2: forward_avx512(p, begin, end); return;
    case 1: forward_avx2(p, begin, end); return;
#endif
    default: forward_baseline(p, begin, end); return;
    }
}

void kd_pooling_backward(const kd_pooling *p, int64_t begin, int64_t end) {
    switch (isa()) {
#if defined(__x86_64__)
    case 2: backward_avx512(p, begin, end); return;
    case 1: backward_avx2(p, begin, end); return;
#endif
    default: backward_baseline(p, begin, end); return;
    }
}
