// SPDX-License-Identifier: Apache-2.0
// Normalization to zero mean and unit variance, and its gradient. Work falls into pieces whose size depends on the
// shape alone, and their sums are added up in order: results do not depend on the number of threads.
#include <math.h>
#include <stdlib.h>
#include "include/kd_threads.h"
#include "table.h"

enum { piece_elements = 32768, most_pieces = 64, run_for_shift = 1024 };

typedef struct {
    const kd_normalization *request;
    const kd_normalizer *kernels;
    int64_t bytes, pieces, rows_per_piece;
    /// For each piece `count` sums and `count` products, in double precision.
    double *partials;
    /// Of `count` numbers each: of the statistics in double precision, and of what the columns' kernels take.
    double *shift;
    char *columns[4];
} plan;

static plan plan_for(const kd_normalization *request) {
    int32_t bytes = kd_byte_count(request->dtype);
    int64_t rows = kd_larger(1, piece_elements / kd_larger(1, request->count));
    rows = kd_larger(rows, (request->outer + most_pieces - 1) / most_pieces);
    return (plan){
        .request = request, .kernels = &kd_kernels()->normalizers[kd_arithmetic_of(request->dtype)], .bytes = bytes,
        .rows_per_piece = rows, .pieces = (request->outer + rows - 1) / rows};
}

static double number(const plan *p, const void *numbers, int64_t place) {
    return p->bytes == 4 ? ((const float *)numbers)[place] : ((const double *)numbers)[place];
}

static void set(const plan *p, void *numbers, int64_t place, double value) {
    if (p->bytes == 4) ((float *)numbers)[place] = (float)value;
    else ((double *)numbers)[place] = value;
}

// Mean and variance from sums about a shift.
static void settle(const plan *p, int64_t place, int64_t count, double shift, double sum, double squares) {
    double off = sum / (double)count, variance = squares / (double)count - off * off;
    set(p, p->request->mean_out, place, shift + off);
    set(p, p->request->variance_out, place, variance > 0 || variance != variance ? variance : 0);
}

static double scale_at(const plan *p, const void *variances, int64_t place) {
    return 1 / sqrt(number(p, variances, place) + p->request->epsilon);
}

// Rows, each by itself.

static void normalize_rows(void *context, int64_t begin, int64_t end) {
    plan *p = context;
    const kd_normalization *r = p->request;
    for (int64_t row = begin; row < end; row++) {
        const char *x = (const char *)r->x + row * r->count * p->bytes;
        double shift = 0, sum = 0, squares = 0;
        if (r->centered) {
            p->kernels->moments(x, r->count, 0, &sum, &squares);
            shift = sum / (double)r->count;
        }
        sum = squares = 0;
        p->kernels->moments(x, r->count, shift, &sum, &squares);
        if (r->centered) {
            settle(p, row, r->count, shift, sum, squares);
        } else {
            set(p, r->mean_out, row, 0);
            set(p, r->variance_out, row, squares / (double)r->count);
        }
        p->kernels->normalize(
            x, (char *)r->y + row * r->count * p->bytes, r->count, number(p, r->mean_out, row),
            scale_at(p, r->variance_out, row), r->weight, r->bias, 0);
    }
}

static void row_gradients(void *context, int64_t begin, int64_t end) {
    plan *p = context;
    const kd_normalization *r = p->request;
    for (int64_t piece = begin; piece < end; piece++) {
        int64_t last = kd_smaller((piece + 1) * p->rows_per_piece, r->outer);
        for (int64_t row = piece * p->rows_per_piece; row < last; row++) {
            int64_t offset = row * r->count * p->bytes;
            const char *g = (const char *)r->upstream + offset, *x = (const char *)r->x + offset;
            double mean = number(p, r->mean, row), scale = scale_at(p, r->variance, row), sum = 0, products = 0;
            p->kernels->gradient_moments(g, x, r->count, mean, r->weight, &sum, &products);
            double share = scale / (double)r->count;
            p->kernels->gradient(
                g, x, (char *)r->gradient + offset, r->count, mean, r->weight, scale, -share * scale * scale * products,
                r->centered ? -share * sum : 0);
            if (!p->partials) continue;
            double *sums = p->partials + 2 * piece * r->count;
            p->kernels->column_gradient_moments(g, x, 1, r->count, NULL, &mean, &scale, sums, sums + r->count);
        }
    }
}

// Channels that lie in columns: pictures in channels-last order, and matrices.

static void column_sums(void *context, int64_t begin, int64_t end) {
    plan *p = context;
    const kd_normalization *r = p->request;
    for (int64_t piece = begin; piece < end; piece++) {
        int64_t first = piece * p->rows_per_piece, rows = kd_smaller(p->rows_per_piece, r->outer - first);
        int64_t offset = first * r->count * p->bytes;
        double *sums = p->partials + 2 * piece * r->count;
        const char *x = (const char *)r->x + offset;
        if (r->upstream)
            p->kernels->column_gradient_moments(
                (const char *)r->upstream + offset, x, rows, r->count, p->shift, NULL, NULL, sums, sums + r->count);
        else p->kernels->column_moments(x, rows, r->count, p->shift, sums, sums + r->count);
    }
}

static void apply_to_columns(void *context, int64_t begin, int64_t end) {
    plan *p = context;
    const kd_normalization *r = p->request;
    for (int64_t piece = begin; piece < end; piece++) {
        int64_t first = piece * p->rows_per_piece, rows = kd_smaller(p->rows_per_piece, r->outer - first);
        int64_t offset = first * r->count * p->bytes;
        const char *x = (const char *)r->x + offset;
        if (r->upstream)
            p->kernels->column_gradient(
                (const char *)r->upstream + offset, x, (char *)r->gradient + offset, rows, r->count, p->columns[0],
                p->columns[1], p->columns[2], p->columns[3]);
        else
            p->kernels->column_normalize(
                x, (char *)r->y + offset, rows, r->count, p->columns[0], p->columns[1], p->columns[2]);
    }
}

// Adds every piece's sums to the first one's.
static void gather_partials(plan *p) {
    int64_t count = 2 * p->request->count;
    for (int64_t piece = 1; piece < p->pieces; piece++)
        for (int64_t i = 0; i < count; i++) p->partials[i] += p->partials[piece * count + i];
}

static bool in_columns(plan *p) {
    const kd_normalization *r = p->request;
    int64_t count = r->count;
    size_t sums = (size_t)(2 * kd_larger(1, p->pieces) * count);
    double *memory = calloc(sums + (size_t)(5 * count), sizeof(double));
    if (!memory) return false;
    p->partials = memory;
    p->shift = memory + sums;
    for (int i = 0; i < 4; i++) p->columns[i] = (char *)(p->shift + (i + 1) * count);
    for (int64_t c = 0; c < count; c++) p->shift[c] = number(p, r->upstream ? r->mean : r->x, c);
    kd_parallel_for(p->pieces, 1, column_sums, p);
    gather_partials(p);
    for (int64_t c = 0; c < count; c++) {
        double sum = p->partials[c], second = p->partials[count + c];
        double weight = r->weight ? number(p, r->weight, c) : 1;
        if (!r->upstream) {
            settle(p, c, r->outer, p->shift[c], sum, second);
            set(p, p->columns[0], c, number(p, r->mean_out, c));
            set(p, p->columns[1], c, scale_at(p, r->variance_out, c) * weight);
            set(p, p->columns[2], c, r->bias ? number(p, r->bias, c) : 0);
            continue;
        }
        double scale = scale_at(p, r->variance, c), share = scale * weight / (double)r->outer;
        set(p, p->columns[0], c, p->shift[c]);
        set(p, p->columns[1], c, scale * weight);
        set(p, p->columns[2], c, -share * scale * scale * second);
        set(p, p->columns[3], c, -share * sum);
        if (r->weight_gradient) set(p, r->weight_gradient, c, scale * second);
        if (r->bias_gradient) set(p, r->bias_gradient, c, sum);
    }
    kd_parallel_for(p->pieces, 1, apply_to_columns, p);
    free(memory);
    return true;
}

// Channels that lie in stretches of `inner`.

static void normalize_channels(void *context, int64_t begin, int64_t end) {
    plan *p = context;
    const kd_normalization *r = p->request;
    int64_t step = r->count * r->inner * p->bytes, total = r->outer * r->inner;
    for (int64_t c = begin; c < end; c++) {
        const char *x = (const char *)r->x + c * r->inner * p->bytes;
        char *y = (char *)r->y + c * r->inner * p->bytes;
        int64_t start = kd_smaller(r->inner, run_for_shift);
        double shift = 0, sum = 0, squares = 0;
        p->kernels->moments(x, start, 0, &shift, &squares);
        shift /= (double)start;
        squares = 0;
        for (int64_t n = 0; n < r->outer; n++) p->kernels->moments(x + n * step, r->inner, shift, &sum, &squares);
        settle(p, c, total, shift, sum, squares);
        double mean = number(p, r->mean_out, c), bias = r->bias ? number(p, r->bias, c) : 0;
        double scale = scale_at(p, r->variance_out, c) * (r->weight ? number(p, r->weight, c) : 1);
        for (int64_t n = 0; n < r->outer; n++)
            p->kernels->normalize(x + n * step, y + n * step, r->inner, mean, scale, NULL, NULL, bias);
    }
}

static void channel_gradients(void *context, int64_t begin, int64_t end) {
    plan *p = context;
    const kd_normalization *r = p->request;
    int64_t step = r->count * r->inner * p->bytes, total = r->outer * r->inner;
    for (int64_t c = begin; c < end; c++) {
        int64_t offset = c * r->inner * p->bytes;
        const char *g = (const char *)r->upstream + offset, *x = (const char *)r->x + offset;
        char *out = (char *)r->gradient + offset;
        double mean = number(p, r->mean, c), scale = scale_at(p, r->variance, c), sum = 0, products = 0;
        double weight = r->weight ? number(p, r->weight, c) : 1, share = scale * weight / (double)total;
        for (int64_t n = 0; n < r->outer; n++)
            p->kernels->gradient_moments(g + n * step, x + n * step, r->inner, mean, NULL, &sum, &products);
        for (int64_t n = 0; n < r->outer; n++)
            p->kernels->gradient(
                g + n * step, x + n * step, out + n * step, r->inner, mean, NULL, scale * weight,
                -share * scale * scale * products, -share * sum);
        if (r->weight_gradient) set(p, r->weight_gradient, c, scale * products);
        if (r->bias_gradient) set(p, r->bias_gradient, c, sum);
    }
}

static int64_t channel_grain(const kd_normalization *request) {
    return kd_larger(1, piece_elements / kd_larger(1, request->outer * request->inner));
}

bool kd_normalize(const kd_normalization *request) {
    if (request->outer * request->count * request->inner == 0) return true;
    plan p = plan_for(request);
    if (request->by_row)
        kd_parallel_for(request->outer, kd_larger(1, piece_elements / request->count), normalize_rows, &p);
    else if (request->inner == 1) return in_columns(&p);
    else kd_parallel_for(request->count, channel_grain(request), normalize_channels, &p);
    return true;
}

bool kd_normalize_gradient(const kd_normalization *request) {
    size_t affine = (size_t)(request->count * kd_byte_count(request->dtype));
    if (request->outer * request->count * request->inner == 0) {
        if (request->weight_gradient) memset(request->weight_gradient, 0, affine);
        if (request->bias_gradient) memset(request->bias_gradient, 0, affine);
        return true;
    }
    plan p = plan_for(request);
    if (!request->by_row) {
        if (request->inner == 1) return in_columns(&p);
        kd_parallel_for(request->count, channel_grain(request), channel_gradients, &p);
        return true;
    }
    bool learned = request->weight_gradient || request->bias_gradient;
    if (learned) {
        p.partials = calloc((size_t)(2 * p.pieces * request->count), sizeof(double));
        if (!p.partials) return false;
    }
    kd_parallel_for(p.pieces, 1, row_gradients, &p);
    if (learned) {
        gather_partials(&p);
        for (int64_t c = 0; c < request->count; c++) {
            if (request->weight_gradient) set(&p, request->weight_gradient, c, p.partials[request->count + c]);
            if (request->bias_gradient) set(&p, request->bias_gradient, c, p.partials[c]);
        }
    }
    free(p.partials);
    return true;
}
