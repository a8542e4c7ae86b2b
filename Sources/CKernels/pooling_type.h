// SPDX-License-Identifier: Apache-2.0
// Pooling for one element type. Included once for each, with:
//   KD_NAME(x)  the name of x for this type     KD_NUMBER  what is computed in     KD_STORED  what lies in memory
//   KD_LOAD(x), KD_STORE(x)  from one to the other

/// Channels that are worked on together: their sums stay in the first-level cache.
#define KD_CHUNK 64


/// One line of the output, for channels `first` ..< `first + count`; `step` apart in memory.
static inline __attribute__((always_inline)) void KD_NAME(forward_line)(
    const kd_pooling *p, const KD_STORED *x, KD_STORED *y, int32_t *places, int64_t o0, int64_t o1, int64_t count,
    const int64_t x_step, const int64_t y_step, const int64_t element) {
    KD_NUMBER best[KD_CHUNK];
    int32_t where[KD_CHUNK];
    const int64_t s0 = o0 * p->stride[0] - p->padding[0], s1 = o1 * p->stride[1] - p->padding[1];
    for (int64_t o2 = 0; o2 < p->output[2]; o2++) {
        const int64_t s2 = o2 * p->stride[2] - p->padding[2];
        int64_t inside = 0;
        for (int64_t i = 0; i < count; i++) {
            best[i] = p->function == 0 ? -(KD_NUMBER)INFINITY : 0;
            where[i] = -1;
        }
        for (int64_t k0 = 0; k0 < p->window[0]; k0++) {
            const int64_t i0 = s0 + k0 * p->dilation[0];
            if (i0 < 0 || i0 >= p->input[0]) continue;
            for (int64_t k1 = 0; k1 < p->window[1]; k1++) {
                const int64_t i1 = s1 + k1 * p->dilation[1];
                if (i1 < 0 || i1 >= p->input[1]) continue;
                for (int64_t k2 = 0; k2 < p->window[2]; k2++) {
                    const int64_t i2 = s2 + k2 * p->dilation[2];
                    if (i2 < 0 || i2 >= p->input[2]) continue;
                    const int64_t place = (i0 * p->input[1] + i1) * p->input[2] + i2;
                    const KD_STORED *from = x + place * element;
                    inside++;
                    if (p->function == 0)
                        for (int64_t i = 0; i < count; i++) {
                            const KD_NUMBER value = KD_LOAD(from[i * x_step]);
                            // Larger, or the first element, or a NaN after none.
                            const int firstNaN = (value != value) & (best[i] == best[i]);
                            const int take = (value > best[i]) | (where[i] < 0) | firstNaN;
                            best[i] = take ? value : best[i];
                            where[i] = take ? (int32_t)place : where[i];
                        }
                    else
                        for (int64_t i = 0; i < count; i++) best[i] += KD_LOAD(from[i * x_step]);
                }
            }
        }
        KD_STORED *to = y + o2 * element;
        if (p->function == 0) {
            int32_t *to_places = places + o2 * element;
            for (int64_t i = 0; i < count; i++) {
                to[i * y_step] = KD_STORE(best[i]);
                to_places[i * y_step] = where[i];
            }
        } else {
            const int64_t elements = p->function == 1 ? p->window[0] * p->window[1] * p->window[2] : inside;
            const KD_NUMBER scale = elements > 0 ? 1 / (KD_NUMBER)elements : 0;
            for (int64_t i = 0; i < count; i++) to[i * y_step] = KD_STORE(best[i] * scale);
        }
    }
}

static void KD_NAME(forward)(const kd_pooling *p, int64_t begin, int64_t end) {
    const int64_t x_spatial = p->input[0] * p->input[1] * p->input[2];
    const int64_t y_spatial = p->output[0] * p->output[1] * p->output[2];
    const int64_t lines = p->output[0] * p->output[1];
    for (int64_t unit = begin; unit < end; unit++) {
        const int64_t picture = unit / lines, o0 = unit % lines / p->output[1], o1 = unit % lines % p->output[1];
        const int64_t line = (o0 * p->output[1] + o1) * p->output[2];
        for (int64_t first = 0; first < p->channels; first += KD_CHUNK) {
            const int64_t count = p->channels - first < KD_CHUNK ? p->channels - first : KD_CHUNK;
            const KD_STORED *x = (const KD_STORED *)p->x + picture * p->channels * x_spatial;
            const int64_t y = picture * p->channels * y_spatial;
            if (p->channels_last) {
                const int64_t to = y + line * p->channels + first;
                KD_NAME(forward_line)(
                    p, x + first, (KD_STORED *)p->y + to, p->places ? p->places + to : 0, o0, o1, count, 1, 1,
                    p->channels);
            } else {
                const int64_t to = y + first * y_spatial + line;
                KD_NAME(forward_line)(
                    p, x + first * x_spatial, (KD_STORED *)p->y + to, p->places ? p->places + to : 0, o0, o1, count,
                    x_spatial, y_spatial, 1);
            }
        }
    }
}

/// One line of the gradient: each element gathers from the windows that cover it, so that no two threads meet.
static inline __attribute__((always_inline)) void KD_NAME(backward_line)(
    const kd_pooling *p, KD_STORED *x, const KD_STORED *y, const int32_t *places, int64_t i0, int64_t i1,
    int64_t count, const int64_t x_step, const int64_t y_step, const int64_t element) {
    KD_NUMBER sum[KD_CHUNK];
    for (int64_t i2 = 0; i2 < p->input[2]; i2++) {
        const int32_t here = (int32_t)((i0 * p->input[1] + i1) * p->input[2] + i2);
        for (int64_t i = 0; i < count; i++) sum[i] = 0;
        for (int64_t k0 = p->window[0] - 1; k0 >= 0; k0--) {
            const int64_t d0 = i0 + p->padding[0] - k0 * p->dilation[0], o0 = d0 / p->stride[0];
            if (d0 < 0 || d0 != o0 * p->stride[0] || o0 >= p->output[0]) continue;
            for (int64_t k1 = p->window[1] - 1; k1 >= 0; k1--) {
                const int64_t d1 = i1 + p->padding[1] - k1 * p->dilation[1], o1 = d1 / p->stride[1];
                if (d1 < 0 || d1 != o1 * p->stride[1] || o1 >= p->output[1]) continue;
                for (int64_t k2 = p->window[2] - 1; k2 >= 0; k2--) {
                    const int64_t d2 = i2 + p->padding[2] - k2 * p->dilation[2], o2 = d2 / p->stride[2];
                    if (d2 < 0 || d2 != o2 * p->stride[2] || o2 >= p->output[2]) continue;
                    const int64_t from = ((o0 * p->output[1] + o1) * p->output[2] + o2) * element;
                    if (p->function == 0) {
                        for (int64_t i = 0; i < count; i++) {
                            const KD_NUMBER value = KD_LOAD(y[from + i * y_step]);
                            sum[i] += places[from + i * y_step] == here ? value : 0;
                        }
                    } else {
                        const KD_NUMBER scale = 1 / (KD_NUMBER)window_elements(p, o0, o1, o2);
                        for (int64_t i = 0; i < count; i++) sum[i] += KD_LOAD(y[from + i * y_step]) * scale;
                    }
                }
            }
        }
        KD_STORED *to = x + (int64_t)here * element;
        for (int64_t i = 0; i < count; i++) to[i * x_step] = KD_STORE(sum[i]);
    }
}

static void KD_NAME(backward)(const kd_pooling *p, int64_t begin, int64_t end) {
    const int64_t x_spatial = p->input[0] * p->input[1] * p->input[2];
    const int64_t y_spatial = p->output[0] * p->output[1] * p->output[2];
    const int64_t lines = p->input[0] * p->input[1];
    for (int64_t unit = begin; unit < end; unit++) {
        const int64_t picture = unit / lines, i0 = unit % lines / p->input[1], i1 = unit % lines % p->input[1];
        for (int64_t first = 0; first < p->channels; first += KD_CHUNK) {
            const int64_t count = p->channels - first < KD_CHUNK ? p->channels - first : KD_CHUNK;
            const int64_t channel = p->channels_last ? 1 : x_spatial, y_channel = p->channels_last ? 1 : y_spatial;
            KD_STORED *x = (KD_STORED *)p->x + picture * p->channels * x_spatial + first * channel;
            const int64_t from = picture * p->channels * y_spatial + first * y_channel;
            const KD_STORED *y = (const KD_STORED *)p->y + from;
            const int32_t *places = p->places ? p->places + from : 0;
            if (p->channels_last)
                KD_NAME(backward_line)(p, x, y, places, i0, i1, count, 1, 1, p->channels);
            else
                KD_NAME(backward_line)(p, x, y, places, i0, i1, count, x_spatial, y_spatial, 1);
        }
    }
}

#undef KD_CHUNK
