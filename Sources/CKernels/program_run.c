// SPDX-License-Identifier: Apache-2.0
// A program over a range of elements: stretches go through it that are small enough for what lies between two
// instructions to stay in the first-level cache.
#include "program.h"

static void fill(void *out, const void *value, int32_t bytes, int64_t count) {
    if (bytes == 4) {
        uint32_t word, *p = out;
        memcpy(&word, value, 4);
        for (int64_t i = 0; i < count; i++) p[i] = word;
    } else {
        uint64_t word, *p = out;
        memcpy(&word, value, 8);
        for (int64_t i = 0; i < count; i++) p[i] = word;
    }
}

#define PICK(T) \
    { \
        T *o = out; \
        for (int64_t i = 0; i < count; i++) o[i] = *(const T *)(in + i * step); \
    }
static void pick(const char *in, int64_t step, void *out, int32_t bytes, int64_t count) {
    switch (bytes) {
        case 1: PICK(uint8_t) break;
        case 2: PICK(uint16_t) break;
        case 4: PICK(uint32_t) break;
        default: PICK(uint64_t) break;
    }
}

// A row of a strided input, into registers.
static void load_row(const kd_plan *p, const input_plan *input, const char *in, int64_t step, char *out, int64_t count) {
    if (step == input->bytes) {
        input->load(in, out, count);
    } else if (step == 0) {
        int64_t word[1];
        input->load(in, word, 1);
        fill(out, word, p->bytes, count);
    } else {
        char raw[2048];
        int64_t room = (int64_t)sizeof raw / input->bytes;
        for (int64_t i = 0; i < count; i += room) {
            int64_t n = kd_smaller(room, count - i);
            pick(in + i * step, step, raw, input->bytes, n);
            input->load(raw, out + i * p->bytes, n);
        }
    }
}

// Elements begin ..< begin + count of a strided input. A stretch of one row that needs no change is used in place.
static const char *load_strided(const kd_plan *p, const input_plan *input, int64_t begin, int64_t count, char *buffer) {
    const kd_axes *axes = &p->axes;
    int last = axes->rank - 1;
    int64_t places[kd_maximum_rank], rest = begin;
    const char *row = input->data;
    for (int axis = last; axis >= 0; axis--) {
        places[axis] = axis ? rest % axes->sizes[axis] : rest;
        rest = axis ? rest / axes->sizes[axis] : 0;
        if (axis != last) row += places[axis] * input->steps[axis];
    }
    int64_t step = input->steps[last], place = places[last], size = axes->sizes[last];
    bool plain = step == input->bytes && input->load == p->table->loads[p->arithmetic][kd_dtype_of(p->arithmetic)];
    if (plain && place + count <= size) return row + place * step;
    for (int64_t done = 0; done < count;) {
        int64_t n = kd_smaller(size - place, count - done);
        load_row(p, input, row + place * step, step, buffer + done * p->bytes, n);
        done += n;
        place = 0;
        for (int axis = last - 1; axis >= 0; axis--) {
            row += input->steps[axis];
            if (++places[axis] < axes->sizes[axis]) break;
            row -= axes->sizes[axis] * input->steps[axis];
            places[axis] = 0;
        }
    }
    return buffer;
}

static void scale_by(const kd_plan *p, char *buffer, int64_t count) {
    if (p->arithmetic == kd_in_float32) {
        float *x = (float *)buffer, factor = (float)p->program->scale;
        for (int64_t i = 0; i < count; i++) x[i] *= factor;
    } else if (p->arithmetic == kd_in_float64) {
        double *x = (double *)buffer, factor = p->program->scale;
        for (int64_t i = 0; i < count; i++) x[i] *= factor;
    }
}

void kd_run_plan(void *context, int64_t begin, int64_t end) {
    const kd_plan *p = context;
    const kd_program *program = p->program;
    _Alignas(64) char scratch[scratch_bytes];
    const char *registers[maximum_registers];
    int64_t room = p->stretch * p->bytes;
    int constants = program->input_count, results = constants + program->constant_count;
    for (int i = 0; i < program->constant_count; i++) {
        char *buffer = scratch + p->buffer[constants + i] * room;
        double value = program->constants[i];
        int64_t word[1];
        p->table->loads[p->arithmetic][kd_float64](&value, word, 1);
        fill(buffer, word, p->bytes, kd_smaller(p->stretch, end - begin));
        registers[constants + i] = buffer;
    }
    bool fresh = true;
    for (int64_t at = begin; at < end;) {
        int64_t n = kd_smaller(p->stretch, end - at);
        if (p->by_rows) {
            int64_t row = p->axes.sizes[p->axes.rank - 1];
            n = kd_smaller(n, row - at % row);
        }
        for (int i = 0; i < program->input_count; i++) {
            const input_plan *input = &p->inputs[i];
            char *buffer = scratch + p->buffer[i] * room;
            switch (input->source) {
                case in_place: registers[i] = input->data + at * p->bytes; break;
                case converted:
                    input->load(input->data + at * input->bytes, buffer, n);
                    registers[i] = buffer;
                    break;
                case repeated:
                    if (fresh) registers[i] = load_strided(p, input, at, n, buffer);
                    break;
                case strided: registers[i] = load_strided(p, input, at, n, buffer); break;
            }
            if (i == program->scaled_input && program->scale != 1) scale_by(p, buffer, n);
        }
        for (int i = 0; i < program->instruction_count; i++) {
            const kd_instruction *step = &program->instructions[i];
            int direct = p->direct_output[results + i];
            char *out = direct >= 0 ? p->outputs[direct] + at * p->bytes : scratch + p->buffer[results + i] * room;
            p->table->operations[p->arithmetic][step->function](
                registers[step->a], registers[step->b], registers[step->c], out, n);
            registers[results + i] = out;
        }
        for (int i = 0; i < program->output_count; i++) {
            if (!p->stored[i]) continue;
            int32_t dtype = p->output_dtypes[i];
            if (p->streams && dtype == kd_dtype_of(p->arithmetic)) {
                p->table->stream(registers[program->outputs[i]], p->outputs[i] + at * p->bytes, n * p->bytes);
                continue;
            }
            p->table->stores[p->arithmetic][dtype](
                registers[program->outputs[i]], p->outputs[i] + at * kd_byte_count(dtype), n);
        }
        at += n;
        fresh = false;
    }
}
