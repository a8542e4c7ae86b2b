// SPDX-License-Identifier: Apache-2.0
// Single functions over contiguous arrays, and conversions of them.
#define _GNU_SOURCE
#include <unistd.h>
#include "include/kd_threads.h"
#include "program.h"

static const uint8_t costs[] = {
#define KD_CASE(name, arity, cost) cost,
    KD_FUNCTIONS(KD_CASE)
#undef KD_CASE
};

int64_t kd_cost_of(int32_t function) { return costs[function]; }

bool kd_worth_streaming(int64_t bytes) {
    static _Atomic int64_t cache;
    int64_t size = cache;
    if (size == 0) {
        size = 32 << 20;
#ifdef _SC_LEVEL3_CACHE_SIZE
        if (sysconf(_SC_LEVEL3_CACHE_SIZE) > 0) size = sysconf(_SC_LEVEL3_CACHE_SIZE);
#endif
        cache = size;
    }
    return bytes > size;
}

typedef struct {
    kd_operation operation;
    const char *a, *b, *c;
    char *out;
    int32_t bytes;
    bool streams;
} direct_call;

static void run_direct(void *context, int64_t begin, int64_t end) {
    const direct_call *call = context;
    int64_t offset = begin * call->bytes;
    if (!call->streams) {
        call->operation(call->a + offset, call->b + offset, call->c + offset, call->out + offset, end - begin);
        return;
    }
    _Alignas(64) char buffer[8192];
    int64_t room = (int64_t)sizeof buffer / call->bytes;
    for (int64_t i = begin; i < end; i += room) {
        int64_t n = kd_smaller(room, end - i), at = i * call->bytes;
        call->operation(call->a + at, call->b + at, call->c + at, buffer, n);
        kd_kernels()->stream(buffer, call->out + at, n * call->bytes);
    }
}

void kd_run_function(
    int32_t function, int32_t arithmetic, const void *a, const void *b, const void *c, void *out, int64_t count
) {
    if (count == 0) return;
    kd_operation operation = kd_kernels()->operations[arithmetic][function];
    int64_t bytes = kd_arithmetic_byte_count(arithmetic);
    int64_t grain = 262144 * 4 / bytes / (costs[function] + kd_function_arity(function) + 1) / 64 * 64;
    if (count <= grain) {
        operation(a, b, c, out, count);
        return;
    }
    bool streams = kd_worth_streaming((kd_function_arity(function) + 1) * count * bytes) && (uintptr_t)out % 64 == 0;
    direct_call call = {operation, a, b, c, out, (int32_t)bytes, streams};
    kd_parallel_for(count, grain, run_direct, &call);
}

void kd_convert(const void *in, int32_t from, void *out, int32_t to, int64_t count) {
    const kd_table *table = kd_kernels();
    int32_t arithmetic = kd_arithmetic_of(from);
    char buffer[8192];
    int64_t room = (int64_t)sizeof buffer / 8;
    for (int64_t i = 0; i < count; i += room) {
        int64_t n = kd_smaller(room, count - i);
        table->loads[arithmetic][from]((const char *)in + i * kd_byte_count(from), buffer, n);
        table->stores[arithmetic][to](buffer, (char *)out + i * kd_byte_count(to), n);
    }
}
