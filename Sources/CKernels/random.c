// SPDX-License-Identifier: Apache-2.0
// Random numbers by counter. Stretches start at whole blocks, so that they can be filled in any order.
#include <math.h>
#include "include/kd_threads.h"
#include "table.h"

typedef struct {
    const kd_table *table;
    int32_t distribution, dtype;
    double first, second;
    uint64_t key, stream;
    char *out;
} random_plan;

enum { stretch = 1024 };

static double unit_of(const uint32_t *words, int64_t element, bool wide) {
    if (!wide) return (double)(words[element] >> 8) * 0x1p-24;
    uint64_t n = (uint64_t)words[2 * element] << 32 | words[2 * element + 1];
    return (double)(n >> 11) * 0x1p-53;
}

// In double precision: float64, and integers, where a rounding upwards would be seen.
static void fill_wide(const random_plan *p, const uint32_t *words, double *out, int64_t count, bool wide) {
    double top = nextafter(p->second, p->first);
    for (int64_t i = 0; i < count; i++) {
        switch (p->distribution) {
            case kd_uniform: {
                double value = p->first + unit_of(words, i, wide) * (p->second - p->first);
                out[i] = value >= p->second && p->second > p->first ? top : value;
                break;
            }
            case kd_normal: {
                double radius = sqrt(-2.0 * log(1.0 - unit_of(words, i & ~1, wide)));
                double angle = 6.283185307179586476925 * unit_of(words, i | 1, wide);
                out[i] = p->first + p->second * radius * (i & 1 ? sin(angle) : cos(angle));
                break;
            }
            default: out[i] = unit_of(words, i, wide) < p->first; break;
        }
    }
}

static void fill_float(const random_plan *p, const uint32_t *words, float *out, int64_t count) {
    if (p->distribution == kd_uniform) {
        float low = (float)p->first, high = (float)p->second;
        float top = p->second > p->first ? nextafterf(high, low) : high;
        p->table->uniform(words, out, count, low, (float)(p->second - p->first), top);
    } else if (p->distribution == kd_normal) {
        p->table->normal(words, out, count, (float)p->first, (float)p->second);
    } else {
        // u = k · 2⁻²⁴ < p is k < ⌈p · 2²⁴⌉, without rounding.
        double bound = ceil(p->first * 0x1p24);
        uint32_t limit = bound <= 0 ? 0 : bound >= 0x1p24 ? 1u << 24 : (uint32_t)bound;
        for (int64_t i = 0; i < count; i++) out[i] = (words[i] >> 8) < limit;
    }
}

static void run(void *context, int64_t begin, int64_t end) {
    const random_plan *p = context;
    bool wide = p->dtype == kd_float64, whole = kd_arithmetic_of(p->dtype) == kd_in_int64;
    int64_t bytes = kd_byte_count(p->dtype);
    // One vector more than asked for, because vectors are read whole.
    _Alignas(64) uint32_t words[2 * stretch + 32];
    union {
        float floats[stretch];
        double doubles[stretch];
    } values;
    for (int64_t at = begin; at < end; at += stretch) {
        int64_t n = kd_smaller(stretch, end - at);
        char *out = p->out + at * bytes;
        int64_t blocks = wide ? (n + 1) / 2 : (n + 3) / 4;
        p->table->philox(p->key, p->stream, (uint64_t)(wide ? at / 2 : at / 4), words, blocks);
        if (wide) {
            fill_wide(p, words, (double *)out, n, true);
        } else if (whole) {
            fill_wide(p, words, values.doubles, n, false);
            p->table->stores[kd_in_float64][p->dtype](values.doubles, out, n);
        } else if (p->dtype == kd_float32) {
            fill_float(p, words, (float *)out, n);
        } else {
            fill_float(p, words, values.floats, n);
            p->table->stores[kd_in_float32][p->dtype](values.floats, out, n);
        }
    }
}

void kd_random(
    int32_t distribution, double first, double second, uint64_t key, uint64_t stream, void *out, int32_t dtype,
    int64_t count
) {
    random_plan plan = {kd_kernels(), distribution, dtype, first, second, key, stream, out};
    kd_parallel_for(count, 8 * stretch, run, &plan);
}

void kd_philox(uint64_t key, uint64_t stream, uint64_t block, uint32_t *words, int64_t blocks) {
    kd_kernels()->philox(key, stream, block, words, blocks);
}
