// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)
#include <math.h>
#include "../table.h"

#define KD_TABLE kd_table_avx2
#define KD_ISA_NAME "avx2"
#define KD_BYTES 32
#define KD_FUSED 1
#define KD_HALVES 1
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi,bmi2,lzcnt"))), apply_to = function)
#include "../body/kernels.h"
#pragma clang attribute pop
#endif
