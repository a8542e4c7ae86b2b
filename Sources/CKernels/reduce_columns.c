// SPDX-License-Identifier: Apache-2.0
// Reductions in which the innermost axis stays: tiles of columns, row after row.
#include "reduce.h"

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
    bool in_fours = native && p->fold == kd_sum && p->arithmetic != kd_in_int64;
    kd_conversion load = p->table->loads[p->arithmetic][p->in_dtype];
    kd_conversion widen = p->table->loads[p->wide_arithmetic][kd_dtype_of(p->arithmetic)];
    for (int64_t i = 0; i < count; i++) totals[i] = identity_of(p);
    for (int64_t row = first; row < last;) {
        int64_t until = kd_smaller(row + fold_rows, last);
        load(base + offset_of(&p->reduced, row), sums, count);
        row++;
        for (; in_fours && row + 4 <= until; row += 4) {
            const void *rows[4];
            for (int i = 0; i < 4; i++) rows[i] = base + offset_of(&p->reduced, row + i);
            p->table->add_four_rows[p->arithmetic](rows, sums, count);
        }
        for (; row < until; row++) {
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

void kd_reduce_columns(void *context, int64_t begin, int64_t end) {
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
