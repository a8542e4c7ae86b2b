// SPDX-License-Identifier: Apache-2.0
// What the ways to reduce share. What is reduced falls into blocks of a fixed size, each block into pieces that are
// folded in the arithmetic type; pieces and blocks are combined in order, in double precision or int64. So a result
// depends on the shape, never on the number of threads, and float32 sums keep their accuracy however long they are.
#pragma once
#include <math.h>
#include "table.h"

enum { piece_length = 4096, pieces_per_block = 16, tile_width = 512, fold_rows = 128, results = 128, short_row = 16 };

/// A double or an int64, as the arithmetic wants.
typedef union {
    double real;
    int64_t whole;
} wide;

typedef struct {
    wide value;
    int64_t place;
} found;

typedef struct {
    int count;
    int64_t sizes[kd_maximum_rank], steps[kd_maximum_rank];
    int64_t total;
} axis_group;

typedef struct {
    const kd_table *table;
    int32_t function, fold, arithmetic, wide_arithmetic, in_dtype, in_bytes, out_dtype;
    bool places;  // whether places are asked for, not values
    double scale;
    const char *in;
    char *out;
    axis_group kept, reduced;  // without the innermost axis
    int64_t inner;             // its size
    int64_t blocks, rows_per_block, tiles;
    found *partials;  // by output element, then block
} reduce_plan;

/// The innermost axis goes away: ranges of output elements × blocks. `context` is the plan.
void kd_reduce_rows(void *context, int64_t begin, int64_t end);
/// As `kd_reduce_rows`, for many short rows that lie end to end.
void kd_reduce_short_rows(void *context, int64_t begin, int64_t end);
/// The innermost axis stays: ranges of outer places × tiles × blocks.
void kd_reduce_columns(void *context, int64_t begin, int64_t end);

static inline int64_t offset_of(const axis_group *group, int64_t index) {
    int64_t offset = 0;
    for (int axis = group->count - 1; axis > 0; axis--) {
        offset += index % group->sizes[axis] * group->steps[axis];
        index /= group->sizes[axis];
    }
    return group->count ? offset + index * group->steps[0] : 0;
}

static inline wide identity_of(const reduce_plan *p) {
    bool real = p->wide_arithmetic == kd_in_float64;
    switch (p->fold) {
        case kd_sum: return real ? (wide){.real = 0} : (wide){.whole = 0};
        case kd_product: return real ? (wide){.real = 1} : (wide){.whole = 1};
        case kd_minimum: return real ? (wide){.real = INFINITY} : (wide){.whole = INT64_MAX};
        default: return real ? (wide){.real = -INFINITY} : (wide){.whole = INT64_MIN};
    }
}

static inline wide combined(const reduce_plan *p, wide a, wide b) {
    wide result = a;
    p->table->combine[p->wide_arithmetic][p->fold](&b, &result, 1);
    return result;
}

// Whether `b`, which comes later, takes the place of `a`.
static inline bool takes_over(const reduce_plan *p, wide a, wide b) {
    if (p->wide_arithmetic == kd_in_int64) return p->fold == kd_minimum ? b.whole < a.whole : b.whole > a.whole;
    if (a.real != a.real) return false;
    return b.real != b.real || (p->fold == kd_minimum ? b.real < a.real : b.real > a.real);
}

static inline void store_results(const reduce_plan *p, const found *values, int64_t first, int64_t count) {
    wide buffer[results];
    char *out = p->out + first * kd_byte_count(p->out_dtype);
    int32_t arithmetic = p->places ? kd_in_int64 : p->wide_arithmetic;
    for (int64_t i = 0; i < count; i++) {
        wide value = values[i].value;
        if (p->places) value.whole = values[i].place;
        else if (p->scale != 1 && arithmetic == kd_in_float64) value.real *= p->scale;
        else if (p->scale != 1) value.whole = (int64_t)((double)value.whole * p->scale);
        buffer[i] = value;
    }
    p->table->stores[arithmetic][p->out_dtype](buffer, out, count);
}
