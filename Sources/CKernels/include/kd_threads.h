// SPDX-License-Identifier: Apache-2.0
// One pool for everything: libgomp's, which oneDNN runs on too.
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef void (*kd_range_function)(void *_Nullable context, int64_t begin, int64_t end);

/// Calls `function` for ranges of at most `grain` that cover 0 ..< count, in any order, on several threads when
/// there is more than one range. Ranges begin at multiples of `grain`.
void kd_parallel_for(int64_t count, int64_t grain, kd_range_function _Nonnull function, void *_Nullable context);
/// How many threads work together: KINDLING_NUM_THREADS, else the processors that the process may use.
int32_t kd_thread_count(void);
/// Overrides the number of threads; 0 goes back to the default.
void kd_set_thread_count(int32_t count);
/// Tells libgomp the number of threads on the calling thread, so that oneDNN takes as many.
void kd_adopt_thread_count(void);
/// Whether libgomp was found; without it everything runs on the caller.
bool kd_has_thread_pool(void);

/// The instruction set in use: baseline, avx2 or avx512.
const char *_Nonnull kd_isa_name(void);
