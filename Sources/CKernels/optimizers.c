// SPDX-License-Identifier: Apache-2.0
// Fused optimizer steps: every value is read once and written once, and threads share all tensors together.
#include "include/kd_threads.h"
#include "stretches.h"

typedef struct {
    const kd_table *table;
    const kd_rule *rule;
    const kd_optimized *tensors;
    int32_t count;
} optimizer_plan;

enum { grain = 16384 };

static void step(const optimizer_plan *p, const kd_optimized *tensor, int64_t begin, int64_t end) {
    int32_t arithmetic = kd_arithmetic_of(tensor->dtype);
    _Alignas(64) char gradient[kd_stretch_length * 8];
    for (int64_t place = begin; place < end;) {
        int64_t n = kd_stretch_count(tensor, end - place);
        kd_stretch part = kd_stretch_of(p->table, tensor, place, n, gradient);
        p->table->rules[arithmetic][p->rule->kind](&part, n, p->rule);
        place += n;
    }
}

// Elements begin ..< end of all tensors laid end to end.
static void run(void *context, int64_t begin, int64_t end) {
    const optimizer_plan *p = context;
    int64_t start = 0;
    for (int32_t i = 0; i < p->count && start < end; i++) {
        int64_t from = kd_larger(begin - start, 0), to = kd_smaller(end - start, p->tensors[i].count);
        if (from < to) step(p, &p->tensors[i], from, to);
        start += p->tensors[i].count;
    }
}

bool kd_optimize(const kd_rule *rule, const kd_optimized *tensors, int32_t count) {
    if (rule->kind >= kd_elementwise_rule_count) return kd_optimize_whole(rule, tensors, count);
    optimizer_plan plan = {kd_kernels(), rule, tensors, count};
    int64_t total = 0;
    for (int32_t i = 0; i < count; i++) total += tensors[i].count;
    kd_parallel_for(total, grain, run, &plan);
    return true;
}
