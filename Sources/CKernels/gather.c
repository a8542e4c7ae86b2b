// SPDX-License-Identifier: Apache-2.0
// Slices along the first axis: picked, or added to.
#include <stdlib.h>
#include "include/kd_threads.h"
#include "table.h"

int64_t kd_first_bad_index(const int64_t *indices, int64_t count, int64_t rows) {
    for (int64_t i = 0; i < count; i++)
        if (indices[i] < -rows || indices[i] >= rows) return i;
    return -1;
}

typedef struct {
    const char *source;
    const int64_t *indices;
    char *out;
    int64_t rows, row_bytes;
} gather_plan;

static void run_gather(void *context, int64_t begin, int64_t end) {
    const gather_plan *p = context;
    for (int64_t i = begin; i < end; i++) {
        int64_t row = p->indices[i] < 0 ? p->indices[i] + p->rows : p->indices[i];
        const char *from = p->source + row * p->row_bytes;
        char *to = p->out + i * p->row_bytes;
        if (p->row_bytes == 4) memcpy(to, from, 4);
        else memcpy(to, from, (size_t)p->row_bytes);
    }
}

void kd_gather(
    const void *source, const int64_t *indices, void *out, int64_t count, int64_t rows, int64_t row_bytes
) {
    if (row_bytes == 0) return;
    gather_plan plan = {source, indices, out, rows, row_bytes};
    kd_parallel_for(count, kd_larger(1, 131072 / (row_bytes + 8)), run_gather, &plan);
}

typedef struct {
    const kd_table *table;
    const int64_t *indices;
    const char *updates;
    char *out, *sums;  // sums: in the arithmetic type; out itself where that is its type
    int64_t count, rows, width, tile;
    int32_t dtype, arithmetic;
} scatter_plan;

// A stripe of columns belongs to one thread: every slice is added to in the order of the indices, whoever works.
static void run_scatter(void *context, int64_t begin, int64_t end) {
    const scatter_plan *p = context;
    int64_t bytes = kd_arithmetic_byte_count(p->arithmetic), stored = kd_byte_count(p->dtype), width = end - begin;
    void (*combine)(const void *, void *, int64_t) = p->table->combine[p->arithmetic][kd_sum];
    kd_conversion load = p->table->loads[p->arithmetic][p->dtype], store = p->table->stores[p->arithmetic][p->dtype];
    bool native = p->dtype == kd_dtype_of(p->arithmetic);
    for (int64_t row = 0; row < p->rows; row++)
        memset(p->sums + (row * p->width + begin) * bytes, 0, (size_t)(width * bytes));
    for (int64_t i = 0; i < p->count; i++) {
        int64_t row = p->indices[i] < 0 ? p->indices[i] + p->rows : p->indices[i];
        char *sum = p->sums + (row * p->width + begin) * bytes;
        const char *update = p->updates + (i * p->width + begin) * stored;
        char wide[1024];
        for (int64_t at = 0; at < width; at += 128) {
            int64_t n = native ? width : kd_smaller(128, width - at);
            if (!native) load(update + at * stored, wide, n);
            combine(native ? update : wide, sum + at * bytes, n);
            if (native) break;
        }
    }
    for (int64_t row = 0; !native && row < p->rows; row++)
        store(p->sums + (row * p->width + begin) * bytes, p->out + (row * p->width + begin) * stored, width);
}

bool kd_scatter_add(
    const int64_t *indices, const void *updates, void *out, int32_t dtype, int64_t count, int64_t rows, int64_t width
) {
    if (rows * width == 0) return true;
    int32_t arithmetic = kd_arithmetic_of(dtype);
    scatter_plan plan = {kd_kernels(), indices, updates, out, out, count, rows, width, 0, dtype, arithmetic};
    bool native = dtype == kd_dtype_of(arithmetic);
    if (!native) {
        plan.sums = malloc((size_t)(rows * width * kd_arithmetic_byte_count(arithmetic)));
        if (!plan.sums) return false;
    }
    int64_t work = (count + rows) * width, parts = kd_larger(1, kd_smaller(width / 16, work / 65536));
    kd_parallel_for(width, (width / parts + 15) / 16 * 16, run_scatter, &plan);
    if (!native) free(plan.sums);
    return true;
}
