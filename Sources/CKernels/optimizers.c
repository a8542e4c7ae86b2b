// SPDX-License-Identifier: Apache-2.0
// Fused optimizer steps: every value is read once and written once, and threads share all tensors together.
#include "include/kd_threads.h"
#include "table.h"

typedef struct {
    const kd_table *table;
    const kd_rule *rule;
    const kd_optimized *tensors;
    int32_t count;
} optimizer_plan;

enum { stretch = 1024, grain = 16384 };

static const void *at(const void *data, int64_t bytes) { return data ? (const char *)data + bytes : data; }
static void *at_out(void *data, int64_t bytes) { return data ? (char *)data + bytes : data; }

static void step(const optimizer_plan *p, const kd_optimized *tensor, int64_t begin, int64_t end) {
    int32_t arithmetic = kd_arithmetic_of(tensor->dtype);
    int64_t bytes = kd_byte_count(tensor->dtype), gradient_bytes = kd_byte_count(tensor->gradient_dtype);
    bool native = tensor->dtype == tensor->gradient_dtype;
    _Alignas(64) char gradient[stretch * 8];
    for (int64_t place = begin; place < end;) {
        int64_t n = native ? end - begin : kd_smaller(stretch, end - place), offset = place * bytes;
        kd_stretch part = {
            at(tensor->parameter, offset), at(tensor->gradient, place * gradient_bytes), at(tensor->slot0, offset),
            at(tensor->slot1, offset), at(tensor->slot2, offset), at_out(tensor->parameter_out, offset),
            at_out(tensor->slot0_out, offset), at_out(tensor->slot1_out, offset), at_out(tensor->slot2_out, offset),
            n, tensor->dtype, tensor->gradient_dtype};
        if (!native) {
            p->table->loads[arithmetic][tensor->gradient_dtype](part.gradient, gradient, n);
            part.gradient = gradient;
        }
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

void kd_optimize(const kd_rule *rule, const kd_optimized *tensors, int32_t count) {
    optimizer_plan plan = {kd_kernels(), rule, tensors, count};
    int64_t total = 0;
    for (int32_t i = 0; i < count; i++) total += tensors[i].count;
    kd_parallel_for(total, grain, run, &plan);
}
