// SPDX-License-Identifier: Apache-2.0
// Memory for tensors: released blocks are kept by size and given out again.
#pragma once
#include <stddef.h>

typedef struct {
    ptrdiff_t in_use, kept, peak;
} kd_memory_counts;

/// A block of at least `count` bytes, aligned to 64; its real size goes to `usable`. NULL when the system has none.
void *_Nullable kd_allocate(ptrdiff_t count, ptrdiff_t *_Nonnull usable);
/// Takes a block of `usable` bytes back.
void kd_release(void *_Nonnull block, ptrdiff_t usable);
kd_memory_counts kd_memory_statistics(void);
/// Gives everything that is kept back to the system.
void kd_release_kept(void);
