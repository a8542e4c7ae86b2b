// SPDX-License-Identifier: Apache-2.0
#include "kd_threads.h"

const char *kd_isa_name(void) { return "baseline"; }
