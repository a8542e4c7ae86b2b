// SPDX-License-Identifier: Apache-2.0
// What every processor of the architecture has: SSE2, NEON, or whatever the compiler makes of 16-byte vectors.
#include <math.h>
#include "../table.h"

#define KD_TABLE kd_table_baseline
#define KD_ISA_NAME "baseline"
#define KD_BYTES 16
#if defined(__aarch64__)
#define KD_FUSED 1
#define KD_HALVES 1
#else
#define KD_FUSED 0
#define KD_HALVES 0
#endif
#include "../body/kernels.h"
