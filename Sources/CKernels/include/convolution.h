// SPDX-License-Identifier: Apache-2.0
// Convolution in double precision by plain loops, for gradient checks and for what the library does not take.
#pragma once
#include <stdint.h>

/// Three spatial axes always: those a picture lacks have one element, and lie first.
typedef struct {
    int64_t batch, groups;
    /// Channels and outputs of one group.
    int64_t channels, outputs;
    int64_t input[3], output[3], window[3], stride[3], dilation[3], padding[3];
    /// Pictures; steps of batch, channel and the three axes, in elements.
    double *x;
    int64_t x_step[5];
    double *y;
    int64_t y_step[5];
    /// Row-major.
    double *weight;
    /// One for each output, or null.
    double *bias;
} kd_convolution_f64;

/// Computes y for units `begin` ..< `end`, of batch · groups · outputs.
void kd_convolution_forward_f64(const kd_convolution_f64 *convolution, int64_t begin, int64_t end);
/// Computes the gradient x from y and weight for units of batch · groups · channels.
void kd_convolution_input_gradient_f64(const kd_convolution_f64 *convolution, int64_t begin, int64_t end);
/// Computes the gradients weight and bias from x and y for units of groups · outputs.
void kd_convolution_weight_gradient_f64(const kd_convolution_f64 *convolution, int64_t begin, int64_t end);
