// SPDX-License-Identifier: Apache-2.0
// Copies between strided operands. Axes are put into the order of the output's memory.
#include "axes.h"
#include "include/kd_threads.h"

typedef struct {
    const kd_table *table;
    kd_axes axes;
    const char *in;
    char *out;
    int32_t in_dtype, out_dtype, in_bytes, out_bytes;
    int transposed;  // the axis along which the input is contiguous while the output is not; -1: none
} copy_plan;

enum { in_steps = 0, out_steps = 1, block = 16 };

#define MOVE(T) \
    for (int64_t i = 0; i < count; i++) *(T *)(out + i * out_step) = *(const T *)(in + i * in_step);
static void move(const char *in, int64_t in_step, char *out, int64_t out_step, int32_t bytes, int64_t count) {
    if (in_step == bytes && out_step == bytes) {
        memcpy(out, in, (size_t)(count * bytes));
        return;
    }
    switch (bytes) {
        case 1: MOVE(uint8_t) break;
        case 2: MOVE(uint16_t) break;
        case 4: MOVE(uint32_t) break;
        default: MOVE(uint64_t) break;
    }
}

static void convert(
    const copy_plan *p, const char *in, int64_t in_step, char *out, int64_t out_step, int64_t count
) {
    int32_t arithmetic = kd_arithmetic_of(p->in_dtype);
    kd_conversion load = p->table->loads[arithmetic][p->in_dtype];
    kd_conversion store = p->table->stores[arithmetic][p->out_dtype];
    bool native = p->in_dtype == kd_dtype_of(arithmetic);
    char raw[4096], wide[4096], narrow[4096];
    int64_t room = (int64_t)sizeof raw / 8;
    for (int64_t i = 0; i < count; i += room) {
        int64_t n = kd_smaller(room, count - i);
        const char *source = in + i * in_step;
        if (in_step != p->in_bytes) {
            move(source, in_step, raw, p->in_bytes, p->in_bytes, n);
            source = raw;
        }
        if (!native) {
            load(source, wide, n);
            source = wide;
        }
        if (out_step == p->out_bytes) {
            store(source, out + i * out_step, n);
        } else {
            store(source, narrow, n);
            move(narrow, p->out_bytes, out + i * out_step, out_step, p->out_bytes, n);
        }
    }
}

// Square blocks, so that the cache lines of both sides are used up before they are dropped.
#define TRANSPOSE(T) \
    for (int64_t i = 0; i < rows; i++) { \
        T *o = (T *)(out + i * out_step); \
        const char *source = in + i * (int64_t)sizeof(T); \
        for (int64_t j = 0; j < columns; j++) o[j] = *(const T *)(source + j * in_step); \
    }
static void transpose_block(
    const kd_table *table, const char *in, int64_t in_step, char *out, int64_t out_step, int32_t bytes, int64_t rows,
    int64_t columns
) {
    switch (bytes) {
        case 1: TRANSPOSE(uint8_t) break;
        case 2: TRANSPOSE(uint16_t) break;
        case 4:
            if (rows == block && columns == block) {
                table->turn_16(in, in_step, out, out_step);
                break;
            }
            TRANSPOSE(uint32_t) break;
        default: TRANSPOSE(uint64_t) break;
    }
}

// Offsets of the outer index `place` over all axes but `skip1` and `skip2`.
static void locate(const kd_axes *axes, int64_t place, int skip1, int skip2, int64_t *in, int64_t *out) {
    *in = *out = 0;
    for (int axis = axes->rank - 1; axis >= 0; axis--) {
        if (axis == skip1 || axis == skip2) continue;
        int64_t at = place % axes->sizes[axis];
        place /= axes->sizes[axis];
        *in += at * axes->steps[in_steps][axis];
        *out += at * axes->steps[out_steps][axis];
    }
}

// Ranges of outer index × stripes of `block` rows.
static void run_transposed(void *context, int64_t begin, int64_t end) {
    const copy_plan *p = context;
    int last = p->axes.rank - 1, across = p->transposed;
    int64_t rows = p->axes.sizes[across], columns = p->axes.sizes[last];
    int64_t stripes = (rows + block - 1) / block;
    int64_t in_step = p->axes.steps[in_steps][last], out_step = p->axes.steps[out_steps][across];
    for (int64_t at = begin; at < end; at++) {
        int64_t in, out, row = at % stripes * block;
        locate(&p->axes, at / stripes, last, across, &in, &out);
        for (int64_t column = 0; column < columns; column += block)
            transpose_block(
                p->table, p->in + in + row * p->in_bytes + column * in_step, in_step,
                p->out + out + row * out_step + column * p->out_bytes, out_step, p->in_bytes,
                kd_smaller(block, rows - row), kd_smaller(block, columns - column));
    }
}

static void run_rows(void *context, int64_t begin, int64_t end) {
    const copy_plan *p = context;
    int last = p->axes.rank - 1;
    int64_t count = p->axes.sizes[last];
    int64_t in_step = p->axes.steps[in_steps][last], out_step = p->axes.steps[out_steps][last];
    for (int64_t at = begin; at < end; at++) {
        int64_t in, out;
        locate(&p->axes, at, last, -1, &in, &out);
        if (p->in_dtype == p->out_dtype) move(p->in + in, in_step, p->out + out, out_step, p->in_bytes, count);
        else convert(p, p->in + in, in_step, p->out + out, out_step, count);
    }
}

static void run_flat(void *context, int64_t begin, int64_t end) {
    const copy_plan *p = context;
    int64_t in_step = p->axes.steps[in_steps][0], out_step = p->axes.steps[out_steps][0];
    const char *in = p->in + begin * in_step;
    char *out = p->out + begin * out_step;
    if (p->in_dtype == p->out_dtype) move(in, in_step, out, out_step, p->in_bytes, end - begin);
    else convert(p, in, in_step, out, out_step, end - begin);
}

void kd_copy(const kd_shape *shape, const kd_operand *input, const kd_operand *output) {
    int64_t count = kd_element_count(shape);
    if (count == 0) return;
    copy_plan p;
    int64_t steps[2][kd_maximum_rank];
    const kd_operand *operands[2] = {input, output};
    kd_collapse(&p.axes, steps, shape, operands, 2, out_steps);
    p.table = kd_kernels();
    p.in = input->data;
    p.out = output->data;
    p.in_dtype = input->dtype;
    p.out_dtype = output->dtype;
    p.in_bytes = kd_byte_count(input->dtype);
    p.out_bytes = kd_byte_count(output->dtype);
    int last = p.axes.rank - 1;
    int64_t size = p.axes.sizes[last];
    enum { grain = 65536 };
    p.transposed = -1;
    if (p.in_dtype == p.out_dtype && steps[out_steps][last] == p.out_bytes && steps[in_steps][last] != p.in_bytes)
        for (int axis = 0; axis < last; axis++)
            if (steps[in_steps][axis] == p.in_bytes && p.axes.sizes[axis] > 3) p.transposed = axis;
    if (p.transposed >= 0) {
        int64_t rows = p.axes.sizes[p.transposed], stripes = (rows + block - 1) / block;
        kd_parallel_for(
            count / rows / size * stripes, kd_larger(1, grain / (size * block)), run_transposed, &p);
    } else if (last == 0) {
        kd_parallel_for(size, grain, run_flat, &p);
    } else {
        kd_parallel_for(count / size, kd_larger(1, grain / size), run_rows, &p);
    }
}
