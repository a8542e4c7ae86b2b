// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>
#include "../include/kd_kernels.h"
#include "../table.h"

extern const kd_table kd_table_baseline;
#if defined(__x86_64__)
extern const kd_table kd_table_avx2, kd_table_avx512;
#endif

static const kd_table *_Atomic chosen;

static const kd_table *find(const char *wish) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
    bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    bool any = wish == NULL;
    if (avx512 && (any || strcmp(wish, "avx512") == 0)) return &kd_table_avx512;
    if (avx2 && (any || strcmp(wish, "avx512") == 0 || strcmp(wish, "avx2") == 0)) return &kd_table_avx2;
#endif
    return &kd_table_baseline;
}

const kd_table *kd_kernels(void) {
    const kd_table *table = chosen;
    if (table) return table;
    const char *wish = getenv("KINDLING_ISA");
    bool known = wish && (!strcmp(wish, "baseline") || !strcmp(wish, "avx2") || !strcmp(wish, "avx512"));
    chosen = table = find(known ? wish : NULL);
    return table;
}

const char *kd_isa_name(void) { return kd_kernels()->name; }

bool kd_use_isa(const char *name) {
    const kd_table *table = find(name);
    if (name && strcmp(table->name, name) != 0) return false;
    chosen = table;
    return true;
}

static const char *const names[] = {
#define KD_CASE(name, arity, cost) #name,
    KD_FUNCTIONS(KD_CASE)
#undef KD_CASE
};
static const int8_t arities[] = {
#define KD_CASE(name, arity, cost) arity,
    KD_FUNCTIONS(KD_CASE)
#undef KD_CASE
};

const char *kd_function_name(int32_t function) {
    return function >= 0 && function < kd_function_count ? names[function] : NULL;
}

int32_t kd_function_arity(int32_t function) { return arities[function]; }
