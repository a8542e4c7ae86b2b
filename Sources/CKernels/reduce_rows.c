// SPDX-License-Identifier: Apache-2.0
// Reductions in which the innermost axis goes away.
#include "reduce.h"

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

void kd_reduce_rows(void *context, int64_t begin, int64_t end) {
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

#define FOLD_SHORT(step) \
    for (int64_t i = 0; i < count; i++) { \
        wide total = values[i * inner], x; \
        for (int64_t j = 1; j < inner; j++) { \
            x = values[i * inner + j]; \
            step; \
        } \
        found_values[i].value = total; \
    }

// Rows too short to be worth a call each: many are widened together.
void kd_reduce_short_rows(void *context, int64_t begin, int64_t end) {
    const reduce_plan *p = context;
    wide values[short_row * results];
    found found_values[results];
    int64_t inner = p->inner;
    bool real = p->wide_arithmetic == kd_in_float64;
    for (int64_t at = begin; at < end; at += results) {
        int64_t count = kd_smaller(results, end - at);
        p->table->loads[p->wide_arithmetic][p->in_dtype](p->in + at * inner * p->in_bytes, values, count * inner);
        if (p->fold == kd_sum && real) {
            FOLD_SHORT(total.real += x.real)
        } else if (p->fold == kd_sum) {
            FOLD_SHORT(total.whole = (int64_t)((uint64_t)total.whole + (uint64_t)x.whole))
        } else if (p->fold == kd_product) {
            FOLD_SHORT(total = combined(p, total, x))
        } else {
            FOLD_SHORT(total = takes_over(p, total, x) ? x : total)
        }
        store_results(p, found_values, at, count);
    }
}
