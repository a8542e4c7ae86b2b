// SPDX-License-Identifier: Apache-2.0
#include "convolution.h"

typedef const kd_convolution_f64 *request;

// Every pair of an output place and a window place that meets an input place, for one output picture `y` and one input
// picture `x`: `statement` sees both offsets and the window place's number `tap`.
#define FOR_EACH_PAIR(statement)                                                                                 \
    for (int64_t o0 = 0; o0 < p->output[0]; o0++)                                                                \
        for (int64_t k0 = 0; k0 < p->window[0]; k0++) {                                                          \
            const int64_t i0 = o0 * p->stride[0] - p->padding[0] + k0 * p->dilation[0];                          \
            if (i0 < 0 || i0 >= p->input[0]) continue;                                                           \
            for (int64_t o1 = 0; o1 < p->output[1]; o1++)                                                        \
                for (int64_t k1 = 0; k1 < p->window[1]; k1++) {                                                  \
                    const int64_t i1 = o1 * p->stride[1] - p->padding[1] + k1 * p->dilation[1];                  \
                    if (i1 < 0 || i1 >= p->input[1]) continue;                                                   \
                    const int64_t x_line = i0 * p->x_step[2] + i1 * p->x_step[3];                                \
                    const int64_t y_line = o0 * p->y_step[2] + o1 * p->y_step[3];                                \
                    const int64_t tap_line = (k0 * p->window[1] + k1) * p->window[2];                            \
                    for (int64_t o2 = 0; o2 < p->output[2]; o2++)                                                \
                        for (int64_t k2 = 0; k2 < p->window[2]; k2++) {                                          \
                            const int64_t i2 = o2 * p->stride[2] - p->padding[2] + k2 * p->dilation[2];          \
                            if (i2 < 0 || i2 >= p->input[2]) continue;                                           \
                            const int64_t x_place = x_line + i2 * p->x_step[4];                                  \
                            const int64_t y_place = y_line + o2 * p->y_step[4];                                  \
                            const int64_t tap = tap_line + k2;                                                   \
                            statement;                                                                           \
                        }                                                                                        \
                }                                                                                                \
        }

static void fill(double *to, const int64_t *size, const int64_t *step, double value) {
    for (int64_t i0 = 0; i0 < size[0]; i0++)
        for (int64_t i1 = 0; i1 < size[1]; i1++)
            for (int64_t i2 = 0; i2 < size[2]; i2++) to[i0 * step[2] + i1 * step[3] + i2 * step[4]] = value;
}

static int64_t taps(request p) { return p->window[0] * p->window[1] * p->window[2]; }

void kd_convolution_forward_f64(request p, int64_t begin, int64_t end) {
    const int64_t outputs = p->groups * p->outputs;
    for (int64_t unit = begin; unit < end; unit++) {
        const int64_t picture = unit / outputs, output = unit % outputs, group = output / p->outputs;
        double *y = p->y + picture * p->y_step[0] + output * p->y_step[1];
        fill(y, p->output, p->y_step, p->bias ? p->bias[output] : 0);
        for (int64_t channel = 0; channel < p->channels; channel++) {
            const double *x = p->x + picture * p->x_step[0] + (group * p->channels + channel) * p->x_step[1];
            const double *weight = p->weight + (output * p->channels + channel) * taps(p);
            FOR_EACH_PAIR(y[y_place] += weight[tap] * x[x_place])
        }
    }
}

void kd_convolution_input_gradient_f64(request p, int64_t begin, int64_t end) {
    const int64_t channels = p->groups * p->channels;
    for (int64_t unit = begin; unit < end; unit++) {
        const int64_t picture = unit / channels, group = unit % channels / p->channels;
        const int64_t channel = unit % channels % p->channels;
        double *x = p->x + picture * p->x_step[0] + unit % channels * p->x_step[1];
        fill(x, p->input, p->x_step, 0);
        for (int64_t i = 0; i < p->outputs; i++) {
            const int64_t output = group * p->outputs + i;
            const double *y = p->y + picture * p->y_step[0] + output * p->y_step[1];
            const double *weight = p->weight + (output * p->channels + channel) * taps(p);
            FOR_EACH_PAIR(x[x_place] += weight[tap] * y[y_place])
        }
    }
}

void kd_convolution_weight_gradient_f64(request p, int64_t begin, int64_t end) {
    for (int64_t output = begin; output < end; output++) {
        const int64_t group = output / p->outputs;
        double *gradient = p->weight + output * p->channels * taps(p);
        for (int64_t i = 0; i < p->channels * taps(p); i++) gradient[i] = 0;
        double sum = 0;
        for (int64_t picture = 0; picture < p->batch; picture++) {
            const double *y = p->y + picture * p->y_step[0] + output * p->y_step[1];
            for (int64_t channel = 0; channel < p->channels; channel++) {
                const double *x = p->x + picture * p->x_step[0] + (group * p->channels + channel) * p->x_step[1];
                double *weight = gradient + channel * taps(p);
                FOR_EACH_PAIR(weight[tap] += x[x_place] * y[y_place])
            }
            for (int64_t i0 = 0; i0 < p->output[0]; i0++)
                for (int64_t i1 = 0; i1 < p->output[1]; i1++)
                    for (int64_t i2 = 0; i2 < p->output[2]; i2++)
                        sum += y[i0 * p->y_step[2] + i1 * p->y_step[3] + i2 * p->y_step[4]];
        }
        if (p->bias) p->bias[output] = sum;
    }
}
