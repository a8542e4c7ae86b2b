// SPDX-License-Identifier: Apache-2.0
// The plan of a program: where each register lives, worked out once before the elements are gone through.
#pragma once
#include "axes.h"

enum { maximum_inputs = 24, maximum_outputs = 6, maximum_registers = 96, scratch_bytes = 49152, longest = 4096, near_bytes = 24576 };

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
    bool by_rows, streams;
    int32_t buffer_count;
    int16_t buffer[maximum_registers];       // where a register's values are copied or made; -1: nowhere
    int16_t direct_output[maximum_registers];  // the output whose memory an instruction writes; -1: none
    bool stored[maximum_outputs];            // whether an output is still to be stored at the end
    input_plan inputs[maximum_inputs];
    char *outputs[maximum_outputs];
    int32_t output_dtypes[maximum_outputs];
} kd_plan;

/// Runs elements begin ..< end; `context` is the plan.
void kd_run_plan(void *context, int64_t begin, int64_t end);
/// Whether operands of so many bytes push each other out of the cache anyway.
bool kd_worth_streaming(int64_t bytes);
/// The time for an element, in additions.
int64_t kd_cost_of(int32_t function);
