// SPDX-License-Identifier: Apache-2.0
// The largest or the mean of each window of a picture, and the gradients.
#pragma once
#include <stdint.h>

/// Three spatial axes always: those a picture lacks have one element, and lie first.
typedef struct {
    int64_t batch, channels;
    int64_t input[3], output[3], window[3], stride[3], dilation[3], padding[3];
    /// The picture or its gradient, the pooled picture or its gradient; both in the same memory order.
    void *x;
    void *y;
    /// For the largest: where it lies in its channel's picture, −1 when a window has no element inside.
    int32_t *places;
    /// Pooling's raw value of the function: 0 maximum, 1 average, 2 average inside.
    int32_t function;
    /// DType's raw value: 0 float32, 1 float64, 2 float16, 3 bfloat16.
    int32_t type;
    /// Whether channels are neighbours in memory; else each channel's picture is.
    int32_t channels_last;
} kd_pooling;

/// How many units of work there are: lines of the output (forward) or of the input (backward).
int64_t kd_pooling_units(const kd_pooling *pooling, int32_t backward);
/// Computes y, and with maximum the places, for units `begin` ..< `end`.
void kd_pooling_forward(const kd_pooling *pooling, int64_t begin, int64_t end);
/// Computes the gradient x from y and with maximum the places. Each element adds up its windows in order.
void kd_pooling_backward(const kd_pooling *pooling, int64_t begin, int64_t end);
