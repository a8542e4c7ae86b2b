// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "include/kd_threads.h"
#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

typedef void (*parallel_function)(void (*)(void *), void *, unsigned, unsigned);

static parallel_function gomp_parallel;
static void (*set_num_threads)(int);
static int (*in_parallel)(void);
static int32_t default_count;
static _Atomic int32_t current_count;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void find_pool(void) {
    void *library = dlopen("libgomp.so.1", RTLD_NOW | RTLD_LOCAL);
    if (library) {
        gomp_parallel = (parallel_function)dlsym(library, "GOMP_parallel");
        set_num_threads = (void (*)(int))dlsym(library, "omp_set_num_threads");
        in_parallel = (int (*)(void))dlsym(library, "omp_in_parallel");
        if (!set_num_threads || !in_parallel) gomp_parallel = NULL;
    }
    cpu_set_t allowed;
    int count = sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed) : 1;
    const char *wish = getenv("KINDLING_NUM_THREADS");
    if (wish && atoi(wish) > 0) count = atoi(wish);
    if (count > 1024) count = 1024;
    default_count = gomp_parallel ? count : 1;
    atomic_store(&current_count, default_count);
}

int32_t kd_thread_count(void) {
    pthread_once(&once, find_pool);
    return atomic_load_explicit(&current_count, memory_order_relaxed);
}

void kd_set_thread_count(int32_t count) {
    pthread_once(&once, find_pool);
    atomic_store(&current_count, gomp_parallel == NULL ? 1 : count > 0 ? count : default_count);
}

bool kd_has_thread_pool(void) {
    pthread_once(&once, find_pool);
    return gomp_parallel != NULL;
}

void kd_adopt_thread_count(void) {
    int32_t count = kd_thread_count();
    if (set_num_threads) set_num_threads(count);
}

typedef struct {
    kd_range_function function;
    void *context;
    int64_t count, grain;
    _Atomic int64_t next;
} job;

// Ranges are handed out as threads become free: a thread that the system holds up does not hold up the others.
static void work(void *data) {
    job *shared = data;
    for (;;) {
        int64_t begin = atomic_fetch_add_explicit(&shared->next, shared->grain, memory_order_relaxed);
        if (begin >= shared->count) return;
        int64_t end = begin + shared->grain;
        shared->function(shared->context, begin, end < shared->count ? end : shared->count);
    }
}

void kd_parallel_for(int64_t count, int64_t grain, kd_range_function function, void *context) {
    if (count <= 0) return;
    if (grain < 1) grain = 1;
    if (count <= grain) {
        function(context, 0, count);
        return;
    }
    int64_t ranges = (count + grain - 1) / grain;
    int32_t threads = kd_thread_count();
    if (ranges < threads) threads = (int32_t)ranges;
    job shared = {function, context, count, grain, 0};
    if (threads > 1 && !in_parallel()) gomp_parallel(work, &shared, (unsigned)threads, 0);
    else work(&shared);
}
