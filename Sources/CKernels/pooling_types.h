// SPDX-License-Identifier: Apache-2.0
// Pooling for one instruction set: all element types. Included once for each, with KD_ISA(x), the name of x for it.

#define KD_NAME(x) KD_ISA(x##_f32)
#define KD_NUMBER float
#define KD_STORED float
#define KD_LOAD(x) (x)
#define KD_STORE(x) (x)
#include "pooling_type.h"
#undef KD_NAME
#undef KD_NUMBER
#undef KD_STORED

#define KD_NAME(x) KD_ISA(x##_f64)
#define KD_NUMBER double
#define KD_STORED double
#include "pooling_type.h"
#undef KD_NAME
#undef KD_NUMBER
#undef KD_STORED
#undef KD_LOAD
#undef KD_STORE

#define KD_NAME(x) KD_ISA(x##_f16)
#define KD_NUMBER float
#define KD_STORED uint16_t
#define KD_LOAD(x) half_to_float(x)
#define KD_STORE(x) float_to_half(x)
#include "pooling_type.h"
#undef KD_NAME
#undef KD_LOAD
#undef KD_STORE

#define KD_NAME(x) KD_ISA(x##_bf16)
#define KD_LOAD(x) bfloat_to_float(x)
#define KD_STORE(x) float_to_bfloat(x)
#include "pooling_type.h"
#undef KD_NAME
#undef KD_NUMBER
#undef KD_STORED
#undef KD_LOAD
#undef KD_STORE

static void KD_ISA(forward)(const kd_pooling *p, int64_t begin, int64_t end) {
    switch (p->type) {
    case 0: KD_ISA(forward_f32)(p, begin, end); return;
    case 1: KD_ISA(forward_f64)(p, begin, end); return;
    case 2: KD_ISA(forward_f16)(p, begin, end); return;
    case 3: KD_ISA(forward_bf16)(p, begin, end); return;
    }
}

static void KD_ISA(backward)(const kd_pooling *p, int64_t begin, int64_t end) {
    switch (p->type) {
    case 0: KD_ISA(backward_f32)(p, begin, end); return;
    case 1: KD_ISA(backward_f64)(p, begin, end); return;
    case 2: KD_ISA(backward_f16)(p, begin, end); return;
    case 3: KD_ISA(backward_bf16)(p, begin, end); return;
    }
}
