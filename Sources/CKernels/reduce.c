// SPDX-License-Identifier: Apache-2.0
// Reductions: the plan, and the combination of blocks.
#include <stdlib.h>
#include "include/kd_threads.h"
#include "reduce.h"

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

static kd_range_function function_of(const reduce_plan *p, bool rows) {
    if (!rows) return kd_reduce_columns;
    // The rows of one axis group lie end to end.
    bool joined = p->reduced.total == 1 && p->kept.count <= 1;
    return joined && p->inner <= short_row && !p->places ? kd_reduce_short_rows : kd_reduce_rows;
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
    kd_parallel_for(tasks, kd_larger(1, 131072 / (work + 32)), function_of(&p, rows), &p);
    if (p.blocks > 1) {
        kd_parallel_for(kept, kd_larger(1, 16384 / p.blocks), finish, &p);
        free(p.partials);
    }
    return true;
}
