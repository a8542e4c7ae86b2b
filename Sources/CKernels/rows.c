// SPDX-License-Identifier: Apache-2.0
// Softmax and cross-entropy: independent rows. float16 and bfloat16 rows are widened into a buffer and rounded back.
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "include/kd_threads.h"
#include "table.h"

typedef struct {
    const kd_table *table;
    int32_t dtype, arithmetic, bytes, wide_bytes;
    bool native, logarithm;
    int64_t count;
    const char *x, *upstream;
    char *y;
    _Atomic bool failed;
    const kd_cross_entropy *entropy;
} rows_plan;

enum { row_work = 16384 };

static rows_plan plan_for(int32_t dtype, int64_t count) {
    int32_t arithmetic = kd_arithmetic_of(dtype);
    return (rows_plan){
        .table = kd_kernels(), .dtype = dtype, .arithmetic = arithmetic, .bytes = kd_byte_count(dtype),
        .wide_bytes = kd_arithmetic_byte_count(arithmetic), .native = dtype == kd_dtype_of(arithmetic),
        .count = count};
}

// A row in the arithmetic type: itself, or a copy in `buffer`.
static const void *widened(const rows_plan *p, const void *row, void *buffer) {
    if (p->native) return row;
    p->table->loads[p->arithmetic][p->dtype](row, buffer, p->count);
    return buffer;
}

static char *buffers(rows_plan *p, int count) {
    if (p->native) return NULL;
    char *memory = malloc((size_t)(count * p->count * p->wide_bytes));
    if (!memory) atomic_store(&p->failed, true);
    return memory;
}

static void run_softmax(void *context, int64_t begin, int64_t end) {
    rows_plan *p = context;
    char *buffer = buffers(p, 2);
    if (!p->native && !buffer) return;
    for (int64_t row = begin; row < end; row++) {
        int64_t offset = row * p->count * p->bytes;
        const void *x = widened(p, p->x + offset, buffer);
        void *y = p->native ? p->y + offset : buffer;
        p->table->softmax[p->arithmetic](x, y, p->count, p->logarithm);
        if (!p->native) p->table->stores[p->arithmetic][p->dtype](y, p->y + offset, p->count);
    }
    free(buffer);
}

static void run_gradient(void *context, int64_t begin, int64_t end) {
    rows_plan *p = context;
    char *buffer = buffers(p, 2), *second = buffer ? buffer + p->count * p->wide_bytes : NULL;
    if (!p->native && !buffer) return;
    for (int64_t row = begin; row < end; row++) {
        int64_t offset = row * p->count * p->bytes;
        const void *x = widened(p, p->x + offset, buffer), *upstream = widened(p, p->upstream + offset, second);
        void *out = p->native ? p->y + offset : buffer;
        p->table->softmax_gradient[p->arithmetic](upstream, x, out, p->count, p->logarithm);
        if (!p->native) p->table->stores[p->arithmetic][p->dtype](out, p->y + offset, p->count);
    }
    free(buffer);
}

bool kd_softmax(bool logarithm, int32_t dtype, int64_t rows, int64_t count, const void *x, void *y) {
    if (rows * count == 0) return true;
    rows_plan plan = plan_for(dtype, count);
    plan.logarithm = logarithm;
    plan.x = x;
    plan.y = y;
    kd_parallel_for(rows, kd_larger(1, row_work / count), run_softmax, &plan);
    return !plan.failed;
}

bool kd_softmax_gradient(
    bool logarithm, int32_t dtype, int64_t rows, int64_t count, const void *upstream, const void *y, void *gradient
) {
    if (rows * count == 0) return true;
    rows_plan plan = plan_for(dtype, count);
    plan.logarithm = logarithm;
    plan.x = y;
    plan.upstream = upstream;
    plan.y = gradient;
    kd_parallel_for(rows, kd_larger(1, row_work / count), run_gradient, &plan);
    return !plan.failed;
}

int64_t kd_first_bad_class(const kd_cross_entropy *request) {
    for (int64_t i = 0; i < request->rows; i++) {
        int64_t class = request->targets[i];
        if (class != request->ignored_class && (class < 0 || class >= request->classes)) return i;
    }
    return -1;
}

static double element(const rows_plan *p, const void *data, int64_t place) {
    double value;
    p->table->loads[kd_in_float64][p->dtype]((const char *)data + place * p->bytes, &value, 1);
    return value;
}

static void set_element(const rows_plan *p, void *data, int64_t place, double value) {
    p->table->stores[kd_in_float64][p->dtype](&value, (char *)data + place * p->bytes, 1);
}

static void run_entropy(void *context, int64_t begin, int64_t end) {
    rows_plan *p = context;
    const kd_cross_entropy *e = p->entropy;
    char *buffer = buffers(p, 2), *second = buffer ? buffer + p->count * p->wide_bytes : NULL;
    if (!p->native && !buffer) return;
    const void *weights = e->weights ? widened(p, e->weights, second) : NULL;
    double spread = e->smoothing / (double)e->classes;
    for (int64_t row = begin; row < end; row++) {
        const void *x = widened(p, (const char *)e->logits + row * p->count * p->bytes, buffer);
        double lse = p->table->log_sum_exp[p->arithmetic](x, p->count), loss = 0;
        int64_t class = e->targets[row];
        if (class != e->ignored_class) {
            double weight = e->weights ? element(p, e->weights, class) : 1;
            loss = (1 - e->smoothing) * weight * (lse - element(p, e->logits, row * p->count + class));
            if (e->smoothing != 0) {
                double wx, w;
                p->table->weighted_sums[p->arithmetic](x, weights, p->count, &wx, &w);
                loss += spread * (w * lse - wx);
            }
        }
        set_element(p, e->losses, row, loss);
        set_element(p, e->lse_out, row, lse);
    }
    free(buffer);
}

// With q = softmax x: upstream · ((1 - ε) w[t] (q - [c = t]) + ε / C (q Σ w - w[c])).
static void run_entropy_gradient(void *context, int64_t begin, int64_t end) {
    rows_plan *p = context;
    const kd_cross_entropy *e = p->entropy;
    char *buffer = buffers(p, 2);
    if (!p->native && !buffer) return;
    double spread = e->smoothing / (double)e->classes, total = (double)e->classes;
    if (e->weights && e->smoothing != 0) {
        total = 0;
        for (int64_t class = 0; class < e->classes; class++) total += element(p, e->weights, class);
    }
    for (int64_t row = begin; row < end; row++) {
        int64_t class = e->targets[row], offset = row * p->count * p->bytes;
        char *out = (char *)e->gradient + offset;
        if (class == e->ignored_class) {
            memset(out, 0, (size_t)(p->count * p->bytes));
            continue;
        }
        double weight = e->weights ? element(p, e->weights, class) : 1, upstream = element(p, e->upstream, row);
        double lse = element(p, e->lse, row), share = upstream * (1 - e->smoothing) * weight;
        double addend = e->weights ? 0 : -upstream * spread;
        const void *x = widened(p, (const char *)e->logits + offset, buffer);
        void *wide = p->native ? out : buffer;
        p->table->scaled_exp[p->arithmetic](x, wide, p->count, lse, share + upstream * spread * total, addend);
        bool real32 = p->arithmetic == kd_in_float32;
        for (int64_t c = 0; e->weights && spread != 0 && c < e->classes; c++) {
            double taken = upstream * spread * element(p, e->weights, c);
            if (real32) ((float *)wide)[c] -= (float)taken;
            else ((double *)wide)[c] -= taken;
        }
        if (real32) ((float *)wide)[class] -= (float)share;
        else ((double *)wide)[class] -= share;
        if (!p->native) p->table->stores[p->arithmetic][p->dtype](wide, out, p->count);
    }
    free(buffer);
}

static bool run_rows(const kd_cross_entropy *request, kd_range_function function) {
    if (request->rows == 0) return true;
    rows_plan plan = plan_for(request->dtype, request->classes);
    plan.entropy = request;
    kd_parallel_for(request->rows, kd_larger(1, row_work / (request->classes + 16)), function, &plan);
    return !plan.failed;
}

bool kd_cross_entropy_forward(const kd_cross_entropy *request) { return run_rows(request, run_entropy); }
bool kd_cross_entropy_backward(const kd_cross_entropy *request) { return run_rows(request, run_entropy_gradient); }
