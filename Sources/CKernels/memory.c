// SPDX-License-Identifier: Apache-2.0
// Size classes, eight per doubling, with a free list each. Blocks of 1 MiB and more come from mmap, on 2 MiB borders,
// so that the kernel can back them with huge pages: page faults, not arithmetic, are what a fresh large block costs.
#define _GNU_SOURCE
#include "include/kd_memory.h"
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <immintrin.h>
#define kd_pause() _mm_pause()
#else
#define kd_pause() ((void)0)
#endif

enum { smallest_shift = 6, class_count = 8 * 42 };
static const size_t large = (size_t)1 << 20, border = (size_t)2 << 20;

typedef struct block {
    struct block *next;
} block;

static block *free_lists[class_count];
static atomic_flag lock = ATOMIC_FLAG_INIT;
static ptrdiff_t in_use, kept, peak, limit;

static void acquire(void) {
    for (int tries = 0; atomic_flag_test_and_set_explicit(&lock, memory_order_acquire); tries++) {
        if (tries < 64) kd_pause();
        else usleep(1);
    }
}

static void unlock(void) { atomic_flag_clear_explicit(&lock, memory_order_release); }

// The class of sizes (8 + step) · 2^shift / 8 that holds `count`; its size goes to `size`.
static inline int class_of(size_t count, size_t *size) {
    if (count <= 64) {
        *size = 64;
        return 0;
    }
    int top = 63 - __builtin_clzll(count - 1);  // 2^top < count <= 2^(top + 1)
    size_t step = (size_t)1 << (top - 3);
    if (step < 64) step = 64;
    size_t rounded = (count + step - 1) & ~(step - 1);
    *size = rounded;
    top = 63 - __builtin_clzll(rounded);
    return (top - smallest_shift) * 8 + (int)((rounded >> (top - 3)) & 7);
}

// What is kept may be half of the machine's memory.
static ptrdiff_t kept_limit(void) {
    if (limit == 0) limit = (ptrdiff_t)sysconf(_SC_PHYS_PAGES) / 2 * sysconf(_SC_PAGESIZE);
    return limit;
}

static void *fresh(size_t size) {
    if (size < large) return aligned_alloc(64, size);
    size_t whole = size + border;
    char *start = mmap(NULL, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) return NULL;
    char *aligned = (char *)(((uintptr_t)start + border - 1) & ~(uintptr_t)(border - 1));
    size_t page = 4096, end = (size + page - 1) & ~(page - 1);
    if (aligned > start) munmap(start, (size_t)(aligned - start));
    if (aligned + end < start + whole) munmap(aligned + end, (size_t)(start + whole - (aligned + end)));
#ifdef MADV_HUGEPAGE
    madvise(aligned, end, MADV_HUGEPAGE);
#endif
    return aligned;
}

static void give_back(void *start, size_t size) {
    if (size < large) free(start);
    else munmap(start, (size + 4095) & ~(size_t)4095);
}

void *kd_allocate(ptrdiff_t count, ptrdiff_t *usable) {
    if (count < 0 || count > (ptrdiff_t)1 << 46) return NULL;
    size_t size;
    int class = class_of((size_t)count, &size);
    acquire();
    block *found = free_lists[class];
    if (found) {
        free_lists[class] = found->next;
        kept -= (ptrdiff_t)size;
    }
    in_use += (ptrdiff_t)size;
    if (in_use > peak) peak = in_use;
    unlock();
    if (!found) {
        found = fresh(size);
        if (!found) {
            kd_release_kept();
            found = fresh(size);
        }
        if (!found) {
            acquire();
            in_use -= (ptrdiff_t)size;
            unlock();
            return NULL;
        }
    }
    *usable = (ptrdiff_t)size;
    return found;
}

void kd_release(void *start, ptrdiff_t usable) {
    size_t size;
    int class = class_of((size_t)usable, &size);
    acquire();
    in_use -= usable;
    int keep = kept + usable <= kept_limit();
    if (keep) {
        block *freed = start;
        freed->next = free_lists[class];
        free_lists[class] = freed;
        kept += usable;
    }
    unlock();
    if (!keep) give_back(start, (size_t)usable);
}

void kd_release_kept(void) {
    for (int class = 0; class < class_count; class++) {
        acquire();
        block *list = free_lists[class];
        free_lists[class] = NULL;
        size_t size = class < 1 ? 64 : (size_t)(8 + class % 8) << (class / 8 + smallest_shift - 3);
        for (block *each = list; each; each = each->next) kept -= (ptrdiff_t)size;
        unlock();
        while (list) {
            block *next = list->next;
            give_back(list, size);
            list = next;
        }
    }
}

kd_memory_counts kd_memory_statistics(void) {
    acquire();
    kd_memory_counts counts = {in_use, kept, peak};
    unlock();
    return counts;
}
