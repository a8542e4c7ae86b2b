// SPDX-License-Identifier: Apache-2.0
// Reductions. What is reduced falls into blocks of a fixed size, each block into pieces that are folded in the
// arithmetic type; pieces and blocks are combined in order, in double precision or int64. So a result depends on the
// shape, never on the number of threads, and float32 sums keep their accuracy however long they are.
#include <math.h>
#include <stdlib.h>
#include "include/kd_threads.h"
#include "table.h"

enum { piece_length = 4096, pieces_per_block = 16, tile_width = 512, fold_rows = 128, results = 128 };

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

static int64_t offset_of(const axis_group *group, int64_t index) {
    int64_t offset = 0;
    for (int axis = group->count - 1; axis > 0; axis--) {
        offset += index % group->sizes[axis] * group->steps[axis];
        index /= group->sizes[axis];
    }
    return group->count ? offset + index * group->steps[0] : 0;
}

static wide identity_of(const reduce_plan *p) {
    bool real = p->wide_arithmetic == kd_in_float64;
    switch (p->fold) {
        case kd_sum: return real ? (wide){.real = 0} : (wide){.whole = 0};
        case kd_product: return real ? (wide){.real = 1} : (wide){.whole = 1};
        case kd_minimum: return real ? (wide){.real = INFINITY} : (wide){.whole = INT64_MAX};
        default: return real ? (wide){.real = -INFINITY} : (wide){.whole = INT64_MIN};
    }
}

static wide combined(const reduce_plan *p, wide a, wide b) {
    wide result = a;
    p->table->combine[p->wide_arithmetic][p->fold](&b, &result, 1);
    return result;
}

// Whether `b`, which comes later, takes the place of `a`.
static bool takes_over(const reduce_plan *p, wide a, wide b) {
    if (p->wide_arithmetic == kd_in_int64) return p->fold == kd_minimum ? b.whole < a.whole : b.whole > a.whole;
    if (a.real != a.real) return false;
    return b.real != b.real || (p->fold == kd_minimum ? b.real < a.real : b.real > a.real);
}

static void store_results(const reduce_plan *p, const found *values, int64_t first, int64_t count) {
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

// ---- the innermost axis goes away

static found fold_piece(const reduce_plan *p, const char *in, int64_t count, int64_t place) {
    _Alignas(64) char buffer[piece_length * 8];
    const void *values = in;
    if (p->in_dtype != kd_dtype_of(p->arithmetic)) {
        p->table->loads[p->arithmetic][p->in_dtype](in, buffer, count);
        values = buffer;
    }
    int64_t word[1];
    p->table->fold[p->arithmetic][p->fold](values, count, word);
    found result = {.place = place};
    p->table->loads[p->wide_arithmetic][kd_dtype_of(p->arithmetic)](word, &result.value, 1);
    return result;
}

static int64_t place_in_piece(const reduce_plan *p, const char *in, int64_t count, wide value) {
    _Alignas(64) char buffer[piece_length * 8];
    const void *values = in;
    if (p->in_dtype != kd_dtype_of(p->wide_arithmetic)) {
        p->table->loads[p->wide_arithmetic][p->in_dtype](in, buffer, count);
        values = buffer;
    }
    return kd_larger(0, p->table->find[p->wide_arithmetic](values, count, &value));
}

// One block of one output element.
static found fold_block(const reduce_plan *p, int64_t element, int64_t block) {
    const char *base = p->in + offset_of(&p->kept, element);
    int64_t per_row = (p->inner + piece_length - 1) / piece_length, pieces = per_row * p->reduced.total;
    int64_t first = block * pieces_per_block, last = kd_smaller(first + pieces_per_block, pieces);
    // Short rows: a block holds as many as make up its length.
    if (per_row == 1) {
        first = block * p->rows_per_block;
        last = kd_smaller(first + p->rows_per_block, pieces);
    }
    found total = {identity_of(p), 0};
    const char *best = NULL;
    int64_t best_count = 0;
    for (int64_t i = first; i < last; i++) {
        int64_t row = per_row == 1 ? i : i / per_row, start = per_row == 1 ? 0 : i % per_row * piece_length;
        int64_t count = kd_smaller(piece_length, p->inner - start);
        const char *in = base + offset_of(&p->reduced, row) + start * p->in_bytes;
        found piece = fold_piece(p, in, count, row * p->inner + start);
        if (!p->places) {
            total.value = combined(p, total.value, piece.value);
        } else if (!best || takes_over(p, total.value, piece.value)) {
            total = piece;
            best = in;
            best_count = count;
        }
    }
    if (best) total.place += place_in_piece(p, best, best_count, total.value);
    return total;
}

static void run_rows(void *context, int64_t begin, int64_t end) {
    const reduce_plan *p = context;
    if (p->blocks > 1) {
        for (int64_t at = begin; at < end; at++) p->partials[at] = fold_block(p, at / p->blocks, at % p->blocks);
        return;
    }
    found values[results];
    for (int64_t at = begin; at < end; at += results) {
        int64_t count = kd_smaller(results, end - at);
        for (int64_t i = 0; i < count; i++) values[i] = fold_block(p, at + i, 0);
        store_results(p, values, at, count);
    }
}

// ---- the innermost axis stays

// One tile of columns over one block of rows, into `out`, a found for each column, `stride` apart.
static void fold_tile(
    const reduce_plan *p, int64_t outer, int64_t tile, int64_t block, found *out, int64_t stride
) {
    _Alignas(64) char sums[tile_width * 8], row_buffer[tile_width * 8];
    wide totals[tile_width], flushed[tile_width];
    int64_t begin = tile * tile_width, count = kd_smaller(tile_width, p->inner - begin);
    int64_t first = block * p->rows_per_block, last = kd_smaller(first + p->rows_per_block, p->reduced.total);
    const char *base = p->in + offset_of(&p->kept, outer) + begin * p->in_bytes;
    bool native = p->in_dtype == kd_dtype_of(p->arithmetic);
    kd_conversion load = p->table->loads[p->arithmetic][p->in_dtype];
    kd_conversion widen = p->table->loads[p->wide_arithmetic][kd_dtype_of(p->arithmetic)];
    for (int64_t i = 0; i < count; i++) totals[i] = identity_of(p);
    for (int64_t row = first; row < last;) {
        int64_t until = kd_smaller(row + fold_rows, last);
        load(base + offset_of(&p->reduced, row), sums, count);
        for (row++; row < until; row++) {
            const char *in = base + offset_of(&p->reduced, row);
            if (!native) load(in, row_buffer, count);
            p->table->combine[p->arithmetic][p->fold](native ? in : row_buffer, sums, count);
        }
        widen(sums, flushed, count);
        p->table->combine[p->wide_arithmetic][p->fold](flushed, totals, count);
    }
    for (int64_t i = 0; i < count; i++) out[i * stride].value = totals[i];
}

static void find_tile(
    const reduce_plan *p, int64_t outer, int64_t tile, int64_t block, found *out, int64_t stride
) {
    wide values[tile_width];
    int64_t begin = tile * tile_width, count = kd_smaller(tile_width, p->inner - begin);
    int64_t first = block * p->rows_per_block, last = kd_smaller(first + p->rows_per_block, p->reduced.total);
    const char *base = p->in + offset_of(&p->kept, outer) + begin * p->in_bytes;
    for (int64_t row = first; row < last; row++) {
        p->table->loads[p->wide_arithmetic][p->in_dtype](base + offset_of(&p->reduced, row), values, count);
        for (int64_t i = 0; i < count; i++)
            if (row == first || takes_over(p, out[i * stride].value, values[i]))
                out[i * stride] = (found){values[i], row};
    }
}

static void run_columns(void *context, int64_t begin, int64_t end) {
    const reduce_plan *p = context;
    found values[tile_width];
    for (int64_t at = begin; at < end; at++) {
        int64_t block = at % p->blocks, tile = at / p->blocks % p->tiles, outer = at / p->blocks / p->tiles;
        int64_t element = outer * p->inner + tile * tile_width;
        found *out = p->blocks > 1 ? p->partials + element * p->blocks + block : values;
        int64_t stride = p->blocks > 1 ? p->blocks : 1;
        if (p->places) find_tile(p, outer, tile, block, out, stride);
        else fold_tile(p, outer, tile, block, out, stride);
        if (p->blocks > 1) continue;
        int64_t count = kd_smaller(tile_width, p->inner - tile * tile_width);
        for (int64_t i = 0; i < count; i += results)
            store_results(p, values + i, element + i, kd_smaller(results, count - i));
    }
}

// ----

// Combines the blocks of each element, in order.
static void finish(void *context, int64_t begin, int64_t end) {
    const reduce_plan *p = context;
    found values[results];
    for (int64_t at = begin; at < end; at += results) {
        int64_t count = kd_smaller(results, end - at);
        for (int64_t i = 0; i < count; i++) {
            const found *parts = p->partials + (at + i) * p->blocks;
            found total = parts[0];
            for (int64_t block = 1; block < p->blocks; block++) {
                if (!p->places) total.value = combined(p, total.value, parts[block].value);
                else if (takes_over(p, total.value, parts[block].value)) total = parts[block];
            }
            values[i] = total;
        }
        store_results(p, values, at, count);
    }
}

// Splits the axes into the innermost one and the others that stay and go, neighbours of one kind merged.
// Returns whether the innermost goes away.
static bool sort_axes(reduce_plan *p, const kd_shape *shape, uint8_t mask) {
    int64_t sizes[kd_maximum_rank], steps[kd_maximum_rank], step = p->in_bytes;
    bool goes[kd_maximum_rank];
    int count = 0;
    for (int axis = shape->rank - 1; axis >= 0; axis--) {
        bool reduced = mask >> axis & 1;
        if (shape->sizes[axis] == 1) continue;
        if (count > 0 && goes[count - 1] == reduced) {
            sizes[count - 1] *= shape->sizes[axis];
        } else {
            sizes[count] = shape->sizes[axis];
            steps[count] = step;
            goes[count++] = reduced;
        }
        step *= shape->sizes[axis];
    }
    p->kept = (axis_group){.total = 1};
    p->reduced = (axis_group){.total = 1};
    p->inner = count > 0 ? sizes[0] : 1;
    for (int i = count - 1; i > 0; i--) {
        axis_group *group = goes[i] ? &p->reduced : &p->kept;
        group->sizes[group->count] = sizes[i];
        group->steps[group->count++] = steps[i];
        group->total *= sizes[i];
    }
    return count == 0 || goes[0];
}

static bool reduce_nothing(const reduce_plan *p, int64_t count) {
    found value = {identity_of(p), 0};
    for (int64_t i = 0; i < count; i++) store_results(p, &value, i, 1);
    return true;
}

bool kd_reduce(
    int32_t function, uint8_t axes, double scale, const kd_shape *shape, const void *in, int32_t in_dtype, void *out,
    int32_t out_dtype
) {
    int64_t kept = 1, reduced = 1;
    for (int axis = 0; axis < shape->rank; axis++) {
        if (axes >> axis & 1) reduced *= shape->sizes[axis];
        else kept *= shape->sizes[axis];
    }
    if (kept == 0) return true;
    reduce_plan p = {
        .table = kd_kernels(), .function = function, .places = function >= kd_argument_of_minimum, .scale = scale,
        .arithmetic = kd_arithmetic_of(in_dtype), .in_dtype = in_dtype, .in_bytes = kd_byte_count(in_dtype),
        .out_dtype = out_dtype, .in = in, .out = out, .blocks = 1, .tiles = 1};
    p.fold = p.places ? function - kd_argument_of_minimum + kd_minimum : function;
    p.wide_arithmetic = p.arithmetic == kd_in_int64 ? kd_in_int64 : kd_in_float64;
    if (reduced == 0) return reduce_nothing(&p, kept);
    bool rows = sort_axes(&p, shape, axes);
    int64_t tasks, work;
    if (rows) {
        int64_t per_row = (p.inner + piece_length - 1) / piece_length, pieces = per_row * p.reduced.total;
        p.rows_per_block = kd_larger(1, piece_length * pieces_per_block / p.inner);
        int64_t in_block = per_row == 1 ? p.rows_per_block : pieces_per_block;
        p.blocks = (pieces + in_block - 1) / in_block;
        tasks = kept * p.blocks;
        work = kd_smaller(reduced, piece_length * pieces_per_block);
    } else {
        p.tiles = (p.inner + tile_width - 1) / tile_width;
        p.rows_per_block = kd_larger(fold_rows * 4, 65536 / kd_smaller(p.inner, tile_width));
        p.blocks = (p.reduced.total + p.rows_per_block - 1) / p.rows_per_block;
        tasks = p.kept.total * p.tiles * p.blocks;
        work = kd_smaller(p.reduced.total, p.rows_per_block) * kd_smaller(p.inner, tile_width);
    }
    if (p.blocks > 1) {
        p.partials = malloc((size_t)(kept * p.blocks) * sizeof(found));
        if (!p.partials) return false;
    }
    kd_parallel_for(tasks, kd_larger(1, 131072 / (work + 32)), rows ? run_rows : run_columns, &p);
    if (p.blocks > 1) {
        kd_parallel_for(kept, kd_larger(1, 16384 / p.blocks), finish, &p);
        free(p.partials);
    }
    return true;
}
