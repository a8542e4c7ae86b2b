// SPDX-License-Identifier: Apache-2.0
// Optimizer rules, for both real arithmetics.

#define T float
#define V vf
#define M vi
#define N LANES
#define S(name) name##_f
#include "optimizers_real.h"
#include "whole_tensors_real.h"
#undef T
#undef V
#undef M
#undef N
#undef S

#define T double
#define V vd
#define M vl
#define N LANES64
#define S(name) name##_d
#include "optimizers_real.h"
#include "whole_tensors_real.h"
#undef T
#undef V
#undef M
#undef N
#undef S
