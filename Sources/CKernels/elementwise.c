// SPDX-License-Identifier: Apache-2.0
// Programs over strided operands. A plan says once where each register lives; then stretches of elements go through
// it, small enough that what lies between two instructions stays in the first-level cache.
#include "axes.h"
#include "include/kd_threads.h"

enum { maximum_inputs = 24, maximum_outputs = 6, maximum_registers = 96, scratch_bytes = 49152, longest = 4096 };

typedef enum {
    in_place,   // contiguous and of the arithmetic type: no copy
    converted,  // contiguous
    repeated,   // the same for every stretch: filled once
    strided
} source;

typedef struct {
    source source;
    const char *data;
    const int64_t *steps;
    kd_conversion load;
    int32_t bytes;
} input_plan;

typedef struct {
    const kd_table *table;
    const kd_program *program;
    int32_t arithmetic, bytes;
    int64_t stretch;
    kd_axes axes;
    bool by_rows;
    int32_t buffer_count;
    int16_t buffer[maximum_registers];       // where a register's values are copied or made; -1: nowhere
    int16_t direct_output[maximum_registers];  // the output whose memory an instruction writes; -1: none
    bool stored[maximum_outputs];            // whether an output is still to be stored at the end
    input_plan inputs[maximum_inputs];
    char *outputs[maximum_outputs];
    int32_t output_dtypes[maximum_outputs];
} plan;

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
static void load_row(const plan *p, const input_plan *input, const char *in, int64_t step, char *out, int64_t count) {
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
static const char *load_strided(const plan *p, const input_plan *input, int64_t begin, int64_t count, char *buffer) {
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

static void scale_by(const plan *p, char *buffer, int64_t count) {
    if (p->arithmetic == kd_in_float32) {
        float *x = (float *)buffer, factor = (float)p->program->scale;
        for (int64_t i = 0; i < count; i++) x[i] *= factor;
    } else if (p->arithmetic == kd_in_float64) {
        double *x = (double *)buffer, factor = p->program->scale;
        for (int64_t i = 0; i < count; i++) x[i] *= factor;
    }
}

static void run(void *context, int64_t begin, int64_t end) {
    const plan *p = context;
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
            p->table->stores[p->arithmetic][dtype](
                registers[program->outputs[i]], p->outputs[i] + at * kd_byte_count(dtype), n);
        }
        at += n;
        fresh = false;
    }
}

// Whether an output's memory is read as some input, so that it must not be written before all reading is done.
static bool is_input(const kd_program *program, const kd_operand *inputs, const void *data) {
    for (int i = 0; i < program->input_count; i++)
        if (inputs[i].data == data) return true;
    return false;
}

static void plan_inputs(plan *p, const kd_operand *inputs, const kd_operand *outputs) {
    const kd_program *program = p->program;
    int last = p->axes.rank - 1;
    // With one output, made by the last instruction, nothing is read after it is written.
    bool careful = program->output_count > 1;
    for (int i = 0; i < program->input_count; i++) {
        input_plan *input = &p->inputs[i];
        int32_t dtype = inputs[i].dtype;
        *input = (input_plan){strided, inputs[i].data, p->axes.steps[i], p->table->loads[p->arithmetic][dtype],
            kd_byte_count(dtype)};
        bool flat = true, inner = true;
        int64_t expected = input->bytes;
        for (int axis = last; axis >= 0; axis--) {
            flat = flat && input->steps[axis] == expected;
            expected *= p->axes.sizes[axis];
            inner = inner && (axis == last || input->steps[axis] == 0);
        }
        bool changes = dtype != kd_dtype_of(p->arithmetic) || (i == program->scaled_input && program->scale != 1);
        for (int k = 0; careful && k < program->output_count; k++) changes |= outputs[k].data == inputs[i].data;
        if (flat) input->source = changes ? converted : in_place;
        else if (inner && (last > 0 || input->steps[last] == 0)) input->source = repeated;
        p->buffer[i] = input->source == in_place ? -1 : (int16_t)p->buffer_count++;
    }
}

static void plan_results(plan *p, const kd_operand *inputs, const kd_operand *outputs) {
    const kd_program *program = p->program;
    int results = program->input_count + program->constant_count, registers = results + program->instruction_count;
    int32_t native = kd_dtype_of(p->arithmetic);
    int last_use[maximum_registers];
    int16_t unused[maximum_registers];
    int unused_count = 0;
    for (int i = 0; i < registers; i++) {
        last_use[i] = -1;
        p->direct_output[i] = -1;
    }
    for (int i = 0; i < program->constant_count; i++) p->buffer[program->input_count + i] = (int16_t)p->buffer_count++;
    for (int i = 0; i < program->instruction_count; i++) {
        const kd_instruction *step = &program->instructions[i];
        int arity = kd_function_arity(step->function);
        last_use[step->a] = i;
        if (arity > 1) last_use[step->b] = i;
        if (arity > 2) last_use[step->c] = i;
    }
    for (int k = 0; k < program->output_count; k++) {
        int made = program->outputs[k];
        last_use[made] = program->instruction_count;
        bool direct = made >= results && p->output_dtypes[k] == native && p->direct_output[made] < 0
            && (made == registers - 1 || !is_input(program, inputs, outputs[k].data));
        p->stored[k] = !direct;
        if (direct) p->direct_output[made] = (int16_t)k;
    }
    for (int i = 0; i < program->instruction_count; i++) {
        int made = results + i;
        p->buffer[made] = -1;
        if (p->direct_output[made] < 0)
            p->buffer[made] = unused_count ? unused[--unused_count] : (int16_t)p->buffer_count++;
        const kd_instruction *step = &program->instructions[i];
        int arguments[3] = {step->a, step->b, step->c};
        for (int k = 0; k < kd_function_arity(step->function); k++) {
            int used = arguments[k];
            if (used >= results && last_use[used] == i && p->buffer[used] >= 0) {
                unused[unused_count++] = p->buffer[used];
                last_use[used] = -2;  // given back once, however often the instruction names it
            }
        }
        if (last_use[made] == -1 && p->buffer[made] >= 0) unused[unused_count++] = p->buffer[made];
    }
}

static const uint8_t costs[] = {
#define KD_CASE(name, arity, cost) cost,
    KD_FUNCTIONS(KD_CASE)
#undef KD_CASE
};

// About 10 µs of work: what starting a second thread is worth.
static int64_t grain_of(const kd_program *program, int32_t bytes) {
    int64_t cost = program->input_count + program->output_count;
    for (int i = 0; i < program->instruction_count; i++) cost += costs[program->instructions[i].function];
    return kd_larger(1024, 262144 * 4 / bytes / kd_larger(cost, 1));
}

void kd_run_program(
    const kd_program *program, int32_t arithmetic, const kd_shape *shape, const kd_operand *inputs,
    const kd_operand *outputs
) {
    int64_t count = kd_element_count(shape);
    if (count == 0 || program->output_count == 0) return;
    plan p;
    p.table = kd_kernels();
    p.program = program;
    p.arithmetic = arithmetic;
    p.bytes = kd_arithmetic_byte_count(arithmetic);
    p.buffer_count = 0;
    int64_t steps[maximum_inputs + 1][kd_maximum_rank];
    const kd_operand *operands[maximum_inputs + 1];
    for (int i = 0; i < program->input_count; i++) operands[i] = &inputs[i];
    operands[program->input_count] = &outputs[0];
    kd_collapse(&p.axes, steps, shape, operands, program->input_count + 1, program->input_count);
    for (int i = 0; i < program->output_count; i++) {
        p.outputs[i] = outputs[i].data;
        p.output_dtypes[i] = outputs[i].dtype;
    }
    plan_inputs(&p, inputs, outputs);
    plan_results(&p, inputs, outputs);
    int64_t grain = grain_of(program, p.bytes), row = p.axes.sizes[p.axes.rank - 1];
    p.stretch = grain;
    if (p.buffer_count > 0) {
        p.stretch = kd_smaller(longest, scratch_bytes / (p.buffer_count * p.bytes)) / 64 * 64;
        // 96 registers of 8 bytes still leave 64 elements each.
        if (p.stretch < 64) p.stretch = 64;
    }
    p.by_rows = p.axes.rank > 1 && row > p.stretch;
    // Whole rows, so that what repeats with the row repeats with the stretch.
    if (p.axes.rank > 1 && !p.by_rows) p.stretch = p.stretch / row * row;
    for (int i = 0; p.by_rows && i < program->input_count; i++)
        if (p.inputs[i].source == repeated && steps[i][p.axes.rank - 1] != 0) p.inputs[i].source = strided;
    grain = p.by_rows ? kd_larger(1, grain / row) * row : kd_larger(1, grain / p.stretch) * p.stretch;
    kd_parallel_for(count, grain, run, &p);
}

typedef struct {
    kd_operation operation;
    const char *a, *b, *c;
    char *out;
    int32_t bytes;
} direct_call;

static void run_direct(void *context, int64_t begin, int64_t end) {
    const direct_call *call = context;
    int64_t offset = begin * call->bytes;
    call->operation(call->a + offset, call->b + offset, call->c + offset, call->out + offset, end - begin);
}

void kd_run_function(
    int32_t function, int32_t arithmetic, const void *a, const void *b, const void *c, void *out, int64_t count
) {
    if (count == 0) return;
    kd_operation operation = kd_kernels()->operations[arithmetic][function];
    int64_t bytes = kd_arithmetic_byte_count(arithmetic);
    int64_t grain = 262144 * 4 / bytes / (costs[function] + kd_function_arity(function) + 1);
    if (count <= grain) {
        operation(a, b, c, out, count);
        return;
    }
    direct_call call = {operation, a, b, c, out, (int32_t)bytes};
    kd_parallel_for(count, grain, run_direct, &call);
}

void kd_convert(const void *in, int32_t from, void *out, int32_t to, int64_t count) {
    const kd_table *table = kd_kernels();
    int32_t arithmetic = kd_arithmetic_of(from);
    char buffer[8192];
    int64_t room = (int64_t)sizeof buffer / 8;
    for (int64_t i = 0; i < count; i += room) {
        int64_t n = kd_smaller(room, count - i);
        table->loads[arithmetic][from]((const char *)in + i * kd_byte_count(from), buffer, n);
        table->stores[arithmetic][to](buffer, (char *)out + i * kd_byte_count(to), n);
    }
}
