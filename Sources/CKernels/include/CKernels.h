// SPDX-License-Identifier: Apache-2.0
// C loops behind the CPU backend.
#pragma once

#include "convolution.h"
#include "gemm.h"
#include "kd_functions.h"
#include "kd_kernels.h"
#include "kd_memory.h"
#include "kd_threads.h"
#include "pooling.h"
