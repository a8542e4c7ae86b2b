// SPDX-License-Identifier: Apache-2.0
// Sums, products and linear recurrences along an axis. Real numbers are combined in double, whatever their type.
#include <string.h>
#include "include/kd_threads.h"
#include "table.h"

enum { scan_chunk = 128, scan_work = 16384 };

typedef struct {
    const kd_scan *scan;
    kd_conversion load, load_factor, store;
    int64_t in_bytes, factor_bytes, out_bytes, stripes;
    bool real;
} scan_plan;

// Steps over `n` elements at x (and factors a), in place; `states` has one accumulator for each of `lanes`, and
// element i belongs to lane i % lanes when lanes > 1: then n == lanes and each takes one step.
#define STEPS(name, Number) \
    static void name( \
        const kd_scan *s, Number *restrict x, const Number *restrict a, Number *restrict states, int64_t n, bool lanes \
    ) { \
        for (int64_t k = 0; k < n; k++) { \
            int64_t i = s->reverse && !lanes ? n - 1 - k : k; \
            Number *state = states + (lanes ? i : 0), before = *state; \
            switch (s->function) { \
            case kd_scan_sum: *state = before + x[i]; break; \
            case kd_scan_product: *state = before * x[i]; break; \
            default: *state = a[i] * before + x[i]; \
            } \
            x[i] = s->exclusive ? before : *state; \
        } \
    }
STEPS(real_steps, double)
STEPS(whole_steps, uint64_t)

typedef union {
    double real[scan_chunk];
    uint64_t whole[scan_chunk];
} scan_numbers;

static void begin_states(const scan_plan *p, scan_numbers *states, int64_t n) {
    bool one = p->scan->function == kd_scan_product;
    for (int64_t i = 0; i < n; i++) {
        if (p->real) states->real[i] = one;
        else states->whole[i] = one;
    }
}

// `n` neighbours in memory, from element `at` on.
static void run_chunk(const scan_plan *p, int64_t at, int64_t n, scan_numbers *states, bool lanes) {
    const kd_scan *s = p->scan;
    scan_numbers x, a;
    p->load((const char *)s->in + at * p->in_bytes, &x, n);
    if (s->function == kd_scan_recurrence) p->load_factor((const char *)s->factors + at * p->factor_bytes, &a, n);
    if (p->real) real_steps(s, x.real, a.real, states->real, n, lanes);
    else whole_steps(s, x.whole, a.whole, states->whole, n, lanes);
    p->store(&x, (char *)s->out + at * p->out_bytes, n);
}

// The axis is the innermost: each row is a chain.
static void run_rows(void *context, int64_t begin, int64_t end) {
    const scan_plan *p = context;
    const kd_scan *s = p->scan;
    for (int64_t row = begin; row < end; row++) {
        scan_numbers state;
        begin_states(p, &state, 1);
        for (int64_t done = 0; done < s->count; done += scan_chunk) {
            int64_t n = kd_smaller(scan_chunk, s->count - done);
            run_chunk(p, row * s->count + (s->reverse ? s->count - done - n : done), n, &state, false);
        }
    }
}

// Others lie further inside: as many chains as fit run side by side.
static void run_stripes(void *context, int64_t begin, int64_t end) {
    const scan_plan *p = context;
    const kd_scan *s = p->scan;
    for (int64_t stripe = begin; stripe < end; stripe++) {
        int64_t outer = stripe / p->stripes, first = stripe % p->stripes * scan_chunk;
        int64_t n = kd_smaller(scan_chunk, s->inner - first);
        scan_numbers states;
        begin_states(p, &states, n);
        for (int64_t step = 0; step < s->count; step++) {
            int64_t place = s->reverse ? s->count - 1 - step : step;
            run_chunk(p, (outer * s->count + place) * s->inner + first, n, &states, true);
        }
    }
}

void kd_run_scan(const kd_scan *scan) {
    if (scan->outer * scan->count * scan->inner == 0) return;
    const kd_table *table = kd_kernels();
    bool real = kd_arithmetic_of(scan->out_dtype) != kd_in_int64;
    int32_t arithmetic = real ? kd_in_float64 : kd_in_int64;
    scan_plan plan = {
        .scan = scan, .load = table->loads[arithmetic][scan->in_dtype],
        .load_factor = table->loads[arithmetic][scan->factor_dtype],
        .store = table->stores[arithmetic][scan->out_dtype], .in_bytes = kd_byte_count(scan->in_dtype),
        .factor_bytes = kd_byte_count(scan->factor_dtype), .out_bytes = kd_byte_count(scan->out_dtype),
        .stripes = (scan->inner + scan_chunk - 1) / scan_chunk, .real = real};
    if (scan->inner == 1) kd_parallel_for(scan->outer, kd_larger(1, scan_work / scan->count), run_rows, &plan);
    else {
        int64_t width = kd_smaller(scan->inner, scan_chunk);
        kd_parallel_for(
            scan->outer * plan.stripes, kd_larger(1, scan_work / (scan->count * width)), run_stripes, &plan);
    }
}
