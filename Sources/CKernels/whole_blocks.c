// SPDX-License-Identifier: Apache-2.0
// How tensors fall into blocks, which depends on their shapes alone.
#include "whole_tensors.h"

// How many elements, or rows, each of a tensor's blocks has; rows of several matrices, or of a part of one.
static int64_t block_length(const kd_rule *rule, const kd_optimized *t) {
    if (!rule->factored) return block_work;
    int64_t matrix = t->rows * t->columns;
    if (matrix <= block_work) return t->rows * (block_work / matrix);
    int64_t part = (t->rows + most_parts - 1) / most_parts, least = (block_work + t->columns - 1) / t->columns;
    return kd_smaller(t->rows, kd_larger(part, least));
}

int64_t kd_whole_blocks(const kd_rule *rule, const kd_optimized *tensors, int32_t count, block *blocks) {
    int64_t made = 0;
    for (int32_t i = 0; i < count; i++) {
        const kd_optimized *t = &tensors[i];
        if (t->count == 0) continue;
        int64_t length = block_length(rule, t), total = rule->factored ? t->matrices * t->rows : t->count;
        for (int64_t first = 0; first < total;) {
            // A part of a matrix ends with it.
            int64_t border = rule->factored && length < t->rows ? (first / t->rows + 1) * t->rows : total;
            int64_t n = kd_smaller(length, border - first);
            if (blocks) blocks[made] = (block){.tensor = i, .first = first, .count = n};
            made++;
            first += n;
        }
    }
    return made;
}

size_t kd_whole_factors(whole_plan *p, int32_t count, char *memory) {
    size_t used = 0;
    if (!p->rule->factored) return 0;
    for (int32_t i = 0; i < count; i++) {
        if (memory) p->wholes[i].means = (double *)(void *)(memory + used);
        used += (size_t)p->tensors[i].matrices * sizeof(double);
    }
    for (int64_t i = 0; i < p->block_count; i++) {
        if (memory) p->blocks[i].columns = memory + used;
        // Each type's blocks lie as close as those of a matrix must.
        const kd_optimized *t = &p->tensors[p->blocks[i].tensor];
        used += (size_t)(t->columns * kd_byte_count(t->dtype));
        bool last = i + 1 == p->block_count || p->blocks[i + 1].tensor != p->blocks[i].tensor;
        if (last) used = (used + 63) / 64 * 64;
    }
    return used;
}
