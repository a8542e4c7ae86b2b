// SPDX-License-Identifier: Apache-2.0
// Loops over strided operands, with axes put into the order of one operand's memory and merged where they can be.
#pragma once
#include "table.h"

typedef struct {
    int rank;
    int64_t sizes[kd_maximum_rank];
    /// By operand, then axis; outermost first, in bytes.
    int64_t (*steps)[kd_maximum_rank];
} kd_axes;

/// Orders the axes by `operands[leader]`'s strides, largest first, and merges what lies together in all operands.
/// Axes of size 1 go. `steps` has a row for each operand. Leaves at least one axis.
static inline void kd_collapse(
    kd_axes *axes, int64_t (*steps)[kd_maximum_rank], const kd_shape *shape, const kd_operand *const *operands,
    int count, int leader
) {
    int order[kd_maximum_rank], rank = 0;
    for (int axis = 0; axis < shape->rank; axis++) {
        if (shape->sizes[axis] == 1) continue;
        int place = rank++;
        while (place > 0 && operands[leader]->strides[order[place - 1]] < operands[leader]->strides[axis]) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = axis;
    }
    axes->steps = steps;
    int top = -1;
    for (int place = 0; place < rank; place++) {
        int axis = order[place];
        int64_t size = shape->sizes[axis];
        bool merges = top >= 0;
        for (int i = 0; merges && i < count; i++)
            merges = steps[i][top] == operands[i]->strides[axis] * kd_byte_count(operands[i]->dtype) * size;
        if (merges) axes->sizes[top] *= size;
        else axes->sizes[++top] = size;
        for (int i = 0; i < count; i++)
            steps[i][top] = operands[i]->strides[axis] * kd_byte_count(operands[i]->dtype);
    }
    if (top < 0) {
        axes->sizes[++top] = 1;
        for (int i = 0; i < count; i++) steps[i][top] = kd_byte_count(operands[i]->dtype);
    }
    axes->rank = top + 1;
}

static inline int64_t kd_element_count(const kd_shape *shape) {
    int64_t count = 1;
    for (int axis = 0; axis < shape->rank; axis++) count *= shape->sizes[axis];
    return count;
}
