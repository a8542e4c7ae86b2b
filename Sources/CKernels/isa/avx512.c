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
#define KD_ANY(lanes) (_mm512_test_epi32_mask((__m512i)(lanes), (__m512i)(lanes)) != 0)
#pragma clang attribute push( \
    __attribute__((target("avx2,fma,f16c,bmi,bmi2,lzcnt,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#include "../body/kernels.h"
#pragma clang attribute pop
#endif
