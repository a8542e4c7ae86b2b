// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include "../table.h"

#define KD_TABLE kd_table_avx512
#define KD_ISA_NAME "avx512"
#define KD_BYTES 64
#define KD_FUSED 1
#define KD_HALVES 1
#define KD_SCALES 1
#define KD_SCALE(p, n) ((vf)_mm512_scalef_ps((__m512)(p), (__m512)__builtin_convertvector(n, vf)))
#pragma clang attribute push( \
    __attribute__((target("avx2,fma,f16c,bmi,bmi2,lzcnt,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#include "../body/kernels.h"
#pragma clang attribute pop
#endif
