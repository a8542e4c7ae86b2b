// SPDX-License-Identifier: Apache-2.0
// Stretches of the tensors that an optimizer changes.
#pragma once
#include "table.h"

/// How many elements of a gradient are widened at once.
enum { kd_stretch_length = 1024 };

/// How many of `wanted` elements a stretch takes: all, unless the gradient has to be widened.
static inline int64_t kd_stretch_count(const kd_optimized *tensor, int64_t wanted) {
    return tensor->dtype == tensor->gradient_dtype ? wanted : kd_smaller(kd_stretch_length, wanted);
}

static inline const void *kd_at(const void *data, int64_t bytes) { return data ? (const char *)data + bytes : data; }
static inline void *kd_at_out(void *data, int64_t bytes) { return data ? (char *)data + bytes : data; }

/// Elements `place` ..< `place + n` of a tensor; a gradient of another type is widened into `buffer`.
static inline kd_stretch kd_stretch_of(
    const kd_table *table, const kd_optimized *tensor, int64_t place, int64_t n, void *buffer) {
    int64_t offset = place * kd_byte_count(tensor->dtype);
    kd_stretch part = {
        kd_at(tensor->parameter, offset), kd_at(tensor->gradient, place * kd_byte_count(tensor->gradient_dtype)),
        kd_at(tensor->slot0, offset), kd_at(tensor->slot1, offset), kd_at(tensor->slot2, offset),
        kd_at_out(tensor->parameter_out, offset), kd_at_out(tensor->slot0_out, offset),
        kd_at_out(tensor->slot1_out, offset), kd_at_out(tensor->slot2_out, offset), n, tensor->dtype,
        tensor->gradient_dtype};
    if (tensor->dtype != tensor->gradient_dtype) {
        table->loads[kd_arithmetic_of(tensor->dtype)][tensor->gradient_dtype](part.gradient, buffer, n);
        part.gradient = buffer;
    }
    return part;
}

/// A step of a rule that knows sums over whole tensors. False when there was no memory to work in.
bool kd_optimize_whole(const kd_rule *rule, const kd_optimized *tensors, int32_t count);
