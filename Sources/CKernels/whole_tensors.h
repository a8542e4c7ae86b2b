// SPDX-License-Identifier: Apache-2.0
// Tensors in blocks: how rules that know sums over whole tensors share them among threads.
#pragma once
#include "stretches.h"

enum { block_work = 16384, most_parts = 16 };

typedef struct {
    int32_t tensor;
    /// Elements, or where tensors are factored rows: of several whole matrices, or of a part of one.
    int64_t first, count;
    /// Sums of squares of columns, of one matrix at a time.
    char *columns;
    /// Σ p² and Σ u².
    double sums[2];
} block;

typedef struct {
    /// The first of its matrices' means.
    double *means;
    double sums[2], rate;
} whole_tensor;

typedef struct {
    const kd_table *table;
    const kd_rule *rule;
    const kd_optimized *tensors;
    whole_tensor *wholes;
    block *blocks;
    int64_t block_count, grain;
} whole_plan;

/// Calls for each block; with `blocks`, notes them, else counts them.
int64_t kd_whole_blocks(const kd_rule *rule, const kd_optimized *tensors, int32_t count, block *blocks);
/// Gives each block and tensor its place in memory for sums of columns and means of matrices, or with NULL counts the
/// bytes; 0 where tensors are not factored.
size_t kd_whole_factors(whole_plan *plan, int32_t count, char *memory);
