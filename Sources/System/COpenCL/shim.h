// SPDX-License-Identifier: Apache-2.0
// OpenCL, through the installable client driver loader.
#pragma once
#define CL_TARGET_OPENCL_VERSION 300
#include <CL/cl.h>
