// SPDX-License-Identifier: Apache-2.0
// LAMB and Adafactor over all tensors together: what a step needs to know of a whole tensor is summed first. Tensors fall
// into blocks of a size of their own; sums of blocks are joined in order, so results do not depend on threads.
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include "include/kd_threads.h"
#include "whole_tensors.h"

typedef void (*stretch_visit)(const whole_plan *p, block *b, const kd_stretch *part, int64_t n, const kd_factored *by);

static const kd_whole_rules *loops_of(const whole_plan *p, int32_t dtype) {
    return &p->table->whole_rules[kd_arithmetic_of(dtype)];
}

static double get(const void *data, int64_t i, int32_t dtype) {
    return dtype == kd_float64 ? ((const double *)data)[i] : (double)((const float *)data)[i];
}
static void put(void *data, int64_t i, int32_t dtype, double value) {
    if (dtype == kd_float64) ((double *)data)[i] = value;
    else ((float *)data)[i] = (float)value;
}
static double epsilon_of(const whole_plan *p, int32_t dtype) {
    if (p->rule->epsilon >= 0) return p->rule->epsilon;
    return dtype == kd_float64 ? DBL_EPSILON : FLT_EPSILON;
}

// Elements begin ..< end; slot 0 is the one of element `slot` at their beginning.
static void visit_stretches(
    const whole_plan *p, block *b, int64_t begin, int64_t end, int64_t slot, const kd_factored *by, stretch_visit visit) {
    const kd_optimized *tensor = &p->tensors[b->tensor];
    int64_t bytes = kd_byte_count(tensor->dtype), moved = (slot - begin) * bytes;
    _Alignas(64) char gradient[kd_stretch_length * 8];
    for (int64_t place = begin; place < end;) {
        int64_t n = kd_stretch_count(tensor, end - place);
        kd_stretch part = kd_stretch_of(p->table, tensor, place, n, gradient);
        part.slot0 = kd_at(part.slot0, moved);
        part.slot0_out = kd_at_out(part.slot0_out, moved);
        visit(p, b, &part, n, by);
        place += n;
    }
}

// All elements of a block, row by row where tensors are factored: slot 0 is then the columns' means.
static void visit_block(const whole_plan *p, block *b, stretch_visit visit) {
    kd_optimized tensor = p->tensors[b->tensor];
    const whole_tensor *whole = &p->wholes[b->tensor];
    double epsilon = epsilon_of(p, tensor.dtype);
    kd_factored by = {p->rule->scale, 1, epsilon * epsilon, p->rule->keep, whole->rate};
    if (!p->rule->factored) {
        visit_stretches(p, b, b->first, b->first + b->count, b->first, &by, visit);
        return;
    }
    // The same plan, in which the second slot stands where stretches have their first.
    kd_optimized turned = tensor;
    turned.slot0 = tensor.slot1;
    turned.slot0_out = tensor.slot1_out;
    turned.slot1 = NULL;
    turned.slot1_out = NULL;
    whole_plan inner = *p;
    block local = *b;
    inner.tensors = &turned;
    local.tensor = 0;
    for (int64_t row = b->first; row < b->first + b->count; row++) {
        int64_t matrix = row / tensor.rows, begin = row * tensor.columns;
        by.factor = get(tensor.slot0_out, row, tensor.dtype) / whole->means[matrix];
        visit_stretches(&inner, &local, begin, begin + tensor.columns, matrix * tensor.columns, &by, visit);
    }
    memcpy(b->sums, local.sums, sizeof b->sums);
}

static void lamb_moments(const whole_plan *p, block *b, const kd_stretch *part, int64_t n, const kd_factored *by) {
    (void)by;
    loops_of(p, part->dtype)->lamb_moments(part, n, p->rule, b->sums);
}
static void lamb_step(const whole_plan *p, block *b, const kd_stretch *part, int64_t n, const kd_factored *by) {
    (void)b;
    loops_of(p, part->dtype)->lamb_step(part, n, p->rule, by->rate);
}
static void second_moment(const whole_plan *p, block *b, const kd_stretch *part, int64_t n, const kd_factored *by) {
    (void)b;
    loops_of(p, part->dtype)->second_moment(part, n, by->scale, p->rule->pace);
}
static void factored_sums(const whole_plan *p, block *b, const kd_stretch *part, int64_t n, const kd_factored *by) {
    loops_of(p, part->dtype)->factored_sums(part, n, by, b->sums);
}
static void factored_step(const whole_plan *p, block *b, const kd_stretch *part, int64_t n, const kd_factored *by) {
    (void)b;
    loops_of(p, part->dtype)->factored_step(part, n, by);
}

static double followed(const whole_plan *p, double old, double next) { return old + p->rule->pace * (next - old); }

// The means of columns, from so many sums of rows laid end to end, and the mean of the rows' means.
static void finish_matrix(const whole_plan *p, const block *b, int64_t matrix, int64_t parts) {
    const kd_optimized *t = &p->tensors[b->tensor];
    for (int64_t column = 0; column < t->columns; column++) {
        double sum = 0;
        for (int64_t part = 0; part < parts; part++) sum += get(b->columns, part * t->columns + column, t->dtype);
        int64_t at = matrix * t->columns + column;
        put(t->slot1_out, at, t->dtype, followed(p, get(t->slot1, at, t->dtype), sum / (double)t->rows));
    }
    double sum = 0;
    for (int64_t row = 0; row < t->rows; row++) sum += get(t->slot0_out, matrix * t->rows + row, t->dtype);
    p->wholes[b->tensor].means[matrix] = fmax(sum / (double)t->rows, epsilon_of(p, t->dtype));
}

static void row_means(const whole_plan *p, block *b) {
    const kd_optimized *t = &p->tensors[b->tensor];
    const kd_whole_rules *loops = loops_of(p, t->dtype);
    int64_t bytes = kd_byte_count(t->dtype), last = b->first + b->count;
    _Alignas(64) char gradient[kd_stretch_length * 8];
    for (int64_t row = b->first; row < last;) {
        int64_t matrix = row / t->rows, end = kd_smaller(last, (matrix + 1) * t->rows);
        memset(b->columns, 0, (size_t)(t->columns * bytes));
        for (; row < end; row++) {
            double sum = 0;
            for (int64_t column = 0; column < t->columns;) {
                int64_t n = kd_stretch_count(t, t->columns - column);
                kd_optimized bare = {.gradient = t->gradient, .dtype = t->dtype, .gradient_dtype = t->gradient_dtype};
                kd_stretch part = kd_stretch_of(p->table, &bare, row * t->columns + column, n, gradient);
                loops->squares(part.gradient, n, p->rule->scale, b->columns + column * bytes, &sum);
                column += n;
            }
            put(t->slot0_out, row, t->dtype, followed(p, get(t->slot0, row, t->dtype), sum / (double)t->columns));
        }
        if (b->count >= t->rows) finish_matrix(p, b, matrix, 1);
    }
}

static void run_first(void *context, int64_t begin, int64_t end) {
    const whole_plan *p = context;
    for (block *b = p->blocks + begin; b < p->blocks + end; b++) {
        if (p->rule->kind == kd_lamb) visit_block(p, b, lamb_moments);
        else if (p->rule->factored) row_means(p, b);
        else visit_block(p, b, second_moment);
    }
}

// Matrices of several blocks, each with the first of them.
static void run_matrices(void *context, int64_t begin, int64_t end) {
    const whole_plan *p = context;
    for (block *b = p->blocks + begin; b < p->blocks + end; b++) {
        int64_t rows = p->tensors[b->tensor].rows;
        if (b->count >= rows || b->first % rows != 0) continue;
        finish_matrix(p, b, b->first / rows, (rows + b->count - 1) / b->count);
    }
}

static void run_sums(void *context, int64_t begin, int64_t end) {
    const whole_plan *p = context;
    for (block *b = p->blocks + begin; b < p->blocks + end; b++) visit_block(p, b, factored_sums);
}

static void run_steps(void *context, int64_t begin, int64_t end) {
    const whole_plan *p = context;
    for (block *b = p->blocks + begin; b < p->blocks + end; b++)
        visit_block(p, b, p->rule->kind == kd_lamb ? lamb_step : factored_step);
}

static void find_rates(whole_plan *p, int32_t count) {
    for (int64_t i = 0; i < p->block_count; i++) {
        whole_tensor *whole = &p->wholes[p->blocks[i].tensor];
        for (int sum = 0; sum < 2; sum++) whole->sums[sum] += p->blocks[i].sums[sum];
    }
    for (int32_t i = 0; i < count; i++) {
        whole_tensor *whole = &p->wholes[i];
        double size = sqrt(whole->sums[0]), length = sqrt(whole->sums[1]);
        if (p->rule->kind == kd_lamb) {
            whole->rate = p->rule->rate * (size > 0 && length > 0 ? size / length : 1);
        } else {
            double root = sqrt((double)kd_larger(p->tensors[i].count, 1));
            double cut = fmax(length / root / p->rule->clip, 1);
            whole->rate = p->rule->rate * fmax(size / root, p->rule->least_size) / cut;
        }
    }
}

static void keep(const void *in, void *out, int64_t count, int32_t dtype) {
    if (in && out && in != out) memcpy(out, in, (size_t)(count * kd_byte_count(dtype)));
}

static void run_all(whole_plan *p, int32_t count) {
    kd_parallel_for(p->block_count, p->grain, run_first, p);
    if (p->rule->factored) kd_parallel_for(p->block_count, p->grain, run_matrices, p);
    if (p->rule->kind == kd_adafactor) kd_parallel_for(p->block_count, p->grain, run_sums, p);
    find_rates(p, count);
    kd_parallel_for(p->block_count, p->grain, run_steps, p);
}

bool kd_optimize_whole(const kd_rule *rule, const kd_optimized *tensors, int32_t count) {
    whole_plan plan = {.table = kd_kernels(), .rule = rule, .tensors = tensors};
    plan.block_count = kd_whole_blocks(rule, tensors, count, NULL);
    plan.wholes = calloc((size_t)count + 1, sizeof(whole_tensor));
    plan.blocks = malloc(((size_t)plan.block_count + 1) * sizeof(block));
    bool done = plan.wholes && plan.blocks;
    char *factors = NULL;
    if (done) {
        kd_whole_blocks(rule, tensors, count, plan.blocks);
        size_t bytes = kd_whole_factors(&plan, count, NULL);
        factors = bytes ? malloc(bytes) : NULL;
        done = !bytes || factors;
    }
    if (done) {
        if (factors) kd_whole_factors(&plan, count, factors);
        int64_t total = 0;
        for (int32_t i = 0; i < count; i++) {
            total += tensors[i].count;
            if (tensors[i].count > 0 || !rule->factored) continue;
            // Rows without columns and columns without rows: nothing to learn from.
            keep(tensors[i].slot0, tensors[i].slot0_out, tensors[i].matrices * tensors[i].rows, tensors[i].dtype);
            keep(tensors[i].slot1, tensors[i].slot1_out, tensors[i].matrices * tensors[i].columns, tensors[i].dtype);
        }
        // Small tensors together are as much work as a block.
        plan.grain = kd_larger(1, plan.block_count * block_work / kd_larger(total, 1));
        run_all(&plan, count);
    }
    free(factors);
    free(plan.blocks);
    free(plan.wholes);
    return done;
}
