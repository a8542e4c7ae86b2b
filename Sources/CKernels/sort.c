// SPDX-License-Identifier: Apache-2.0
// Places in the order of the elements. Elements become whole numbers of the same order first, so that one sort serves
// every type; pairs of number and place are all different, so that no step has to be stable by itself.
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include "include/kd_threads.h"
#include "table.h"

enum { insertion_limit = 48, key_chunk = 128, digits = 8, sort_work = 2048 };

typedef struct {
    uint64_t key;
    int64_t place;
} sort_pair;

typedef struct {
    const kd_sort *sort;
    kd_conversion load;
    bool real;
    int64_t bytes;
    _Atomic bool failed;
} sort_plan;

static inline bool comes_before(sort_pair a, sort_pair b) {
    return a.key < b.key || (a.key == b.key && a.place < b.place);
}

// Reals: NaN becomes the largest, −0 becomes 0, and negative numbers have their bits turned round.
static inline uint64_t real_key(double x) {
    if (x != x) return UINT64_MAX;
    uint64_t bits;
    memcpy(&bits, &x, 8);
    if (bits == 1ull << 63) bits = 0;
    return bits >> 63 ? ~bits : bits | 1ull << 63;
}

static void fill_pairs(const sort_plan *p, const char *row, sort_pair *pairs) {
    uint64_t turned = p->sort->descending ? UINT64_MAX : 0;
    for (int64_t at = 0; at < p->sort->count; at += key_chunk) {
        int64_t n = kd_smaller(key_chunk, p->sort->count - at);
        union {
            double real[key_chunk];
            int64_t whole[key_chunk];
        } numbers;
        p->load(row + at * p->bytes, &numbers, n);
        for (int64_t i = 0; i < n; i++) {
            uint64_t key = p->real ? real_key(numbers.real[i]) : (uint64_t)numbers.whole[i] ^ 1ull << 63;
            pairs[at + i] = (sort_pair){key ^ turned, at + i};
        }
    }
}

static void insertion_sort(sort_pair *pairs, int64_t n) {
    for (int64_t i = 1; i < n; i++) {
        sort_pair moved = pairs[i];
        int64_t at = i;
        for (; at > 0 && comes_before(moved, pairs[at - 1]); at--) pairs[at] = pairs[at - 1];
        pairs[at] = moved;
    }
}

// By the last byte first; bytes that all keys share cost nothing. Pairs come in the order of their places.
static sort_pair *radix_sort(sort_pair *pairs, sort_pair *other, int64_t n) {
    static _Thread_local int64_t counts[digits][256];
    memset(counts, 0, sizeof counts);
    for (int64_t i = 0; i < n; i++)
        for (int digit = 0; digit < digits; digit++) counts[digit][pairs[i].key >> 8 * digit & 255]++;
    for (int digit = 0; digit < digits; digit++) {
        int64_t *count = counts[digit], next = 0;
        if (count[pairs[0].key >> 8 * digit & 255] == n) continue;
        for (int value = 0; value < 256; value++) {
            int64_t here = count[value];
            count[value] = next;
            next += here;
        }
        for (int64_t i = 0; i < n; i++) other[count[pairs[i].key >> 8 * digit & 255]++] = pairs[i];
        sort_pair *swapped = pairs;
        pairs = other;
        other = swapped;
    }
    return pairs;
}

static void sink(sort_pair *heap, int64_t n, int64_t at) {
    sort_pair moved = heap[at];
    for (int64_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && comes_before(heap[child], heap[child + 1])) child++;
        if (!comes_before(moved, heap[child])) break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

// The first `kept` of `n`, sorted, in front: a heap of those that are first so far, its last on top.
static void select_first(sort_pair *pairs, int64_t n, int64_t kept) {
    for (int64_t at = kept / 2; at-- > 0;) sink(pairs, kept, at);
    for (int64_t i = kept; i < n; i++) {
        if (!comes_before(pairs[i], pairs[0])) continue;
        pairs[0] = pairs[i];
        sink(pairs, kept, 0);
    }
    for (int64_t end = kept; end-- > 1;) {
        sort_pair last = pairs[0];
        pairs[0] = pairs[end];
        pairs[end] = last;
        sink(pairs, end, 0);
    }
}

static void run_rows(void *context, int64_t begin, int64_t end) {
    sort_plan *p = context;
    int64_t n = p->sort->count, kept = p->sort->kept;
    sort_pair *memory = malloc((size_t)(2 * n) * sizeof(sort_pair));
    if (!memory) {
        atomic_store(&p->failed, true);
        return;
    }
    for (int64_t row = begin; row < end; row++) {
        sort_pair *pairs = memory;
        fill_pairs(p, (const char *)p->sort->in + row * n * p->bytes, pairs);
        if (kept < n / 8) select_first(pairs, n, kept);
        else if (n <= insertion_limit) insertion_sort(pairs, n);
        else pairs = radix_sort(pairs, memory + n, n);
        for (int64_t i = 0; i < kept; i++) p->sort->places[row * kept + i] = pairs[i].place;
    }
    free(memory);
}

bool kd_run_sort(const kd_sort *sort) {
    if (sort->rows * sort->count * sort->kept == 0) return true;
    bool real = kd_arithmetic_of(sort->dtype) != kd_in_int64;
    sort_plan plan = {
        .sort = sort, .load = kd_kernels()->loads[real ? kd_in_float64 : kd_in_int64][sort->dtype], .real = real,
        .bytes = kd_byte_count(sort->dtype)};
    kd_parallel_for(sort->rows, kd_larger(1, sort_work / sort->count), run_rows, &plan);
    return !plan.failed;
}
