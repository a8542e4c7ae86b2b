// SPDX-License-Identifier: Apache-2.0
// Programs over strided operands: the plan is made here.
#include "include/kd_memory.h"
#include "include/kd_threads.h"
#include "program.h"

// Whether an output's memory is read as some input, so that it must not be written before all reading is done.
static bool is_input(const kd_program *program, const kd_operand *inputs, const void *data) {
    for (int i = 0; i < program->input_count; i++)
        if (inputs[i].data == data) return true;
    return false;
}

static void plan_inputs(kd_plan *p, const kd_operand *inputs, const kd_operand *outputs) {
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

static void plan_results(kd_plan *p, const kd_operand *inputs, const kd_operand *outputs) {
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
        bool direct = !p->streams && made >= results && p->output_dtypes[k] == native && p->direct_output[made] < 0
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

// About 10 µs of work: what starting a second thread is worth.
static int64_t grain_of(const kd_program *program, int32_t bytes) {
    int64_t cost = program->input_count + program->output_count;
    for (int i = 0; i < program->instruction_count; i++) cost += kd_cost_of(program->instructions[i].function);
    return kd_larger(1024, 262144 * 4 / bytes / kd_larger(cost, 1));
}

// A large input whose neighbours lie far apart is cheaper to turn into the output's order first than to pick apart.
static bool should_turn(const kd_shape *shape, const kd_operand *input, const kd_operand *output, int64_t count) {
    if (count < 16384) return false;
    bool far = false;
    for (int axis = 0; axis < shape->rank; axis++) {
        if (shape->sizes[axis] == 1) continue;
        if (input->strides[axis] == 0) return false;
        far |= output->strides[axis] == 1 && input->strides[axis] > 1;
    }
    return far;
}

static void run_planned(
    const kd_program *program, int32_t arithmetic, const kd_shape *shape, const kd_operand *inputs,
    const kd_operand *outputs);

void kd_run_program(
    const kd_program *program, int32_t arithmetic, const kd_shape *shape, const kd_operand *inputs,
    const kd_operand *outputs
) {
    int64_t count = kd_element_count(shape);
    if (count == 0 || program->output_count == 0) return;
    kd_operand turned[maximum_inputs];
    ptrdiff_t usable[maximum_inputs];
    bool any = false;
    for (int i = 0; i < program->input_count; i++) {
        usable[i] = 0;
        if (!should_turn(shape, &inputs[i], &outputs[0], count)) continue;
        void *block = kd_allocate(count * kd_byte_count(inputs[i].dtype), &usable[i]);
        if (!block) {
            usable[i] = 0;
            continue;  // without memory it is picked apart after all
        }
        if (!any) memcpy(turned, inputs, sizeof(kd_operand) * (size_t)program->input_count);
        any = true;
        turned[i] = outputs[0];
        turned[i].data = block;
        turned[i].dtype = inputs[i].dtype;
        kd_copy(shape, &inputs[i], &turned[i]);
    }
    run_planned(program, arithmetic, shape, any ? turned : inputs, outputs);
    for (int i = 0; i < program->input_count; i++)
        if (usable[i] > 0) kd_release(turned[i].data, usable[i]);
}

static void run_planned(
    const kd_program *program, int32_t arithmetic, const kd_shape *shape, const kd_operand *inputs,
    const kd_operand *outputs
) {
    int64_t count = kd_element_count(shape);
    kd_plan p;
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
    p.streams = kd_worth_streaming((program->input_count + program->output_count) * count * p.bytes);
    for (int i = 0; i < program->output_count; i++) p.streams &= (uintptr_t)p.outputs[i] % 64 == 0;
    plan_inputs(&p, inputs, outputs);
    plan_results(&p, inputs, outputs);
    int64_t grain = grain_of(program, p.bytes), row = p.axes.sizes[p.axes.rank - 1];
    p.stretch = grain;
    if (p.buffer_count > 0) {
        // Buffers and the operands' own lines share a first-level cache; 96 registers of 8 bytes still fit the scratch
        // with 64 elements each.
        p.stretch = kd_smaller(longest, near_bytes / (p.buffer_count * p.bytes)) / 64 * 64;
        if (p.stretch < 64) p.stretch = 64;
    }
    p.by_rows = p.axes.rank > 1 && row > p.stretch;
    // Whole rows, so that what repeats with the row repeats with the stretch.
    if (p.axes.rank > 1 && !p.by_rows) p.stretch = p.stretch / row * row;
    // Streams begin on whole cache lines.
    if (p.axes.rank > 1 && (p.by_rows ? row : p.stretch) * p.bytes % 64 != 0) p.streams = false;
    for (int i = 0; p.by_rows && i < program->input_count; i++)
        if (p.inputs[i].source == repeated && steps[i][p.axes.rank - 1] != 0) p.inputs[i].source = strided;
    grain = p.by_rows ? kd_larger(1, grain / row) * row : kd_larger(1, grain / p.stretch) * p.stretch;
    kd_parallel_for(count, grain, kd_run_plan, &p);
}
