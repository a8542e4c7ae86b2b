// SPDX-License-Identifier: Apache-2.0
// OpenCL 1.2, which every driver has, through the installable client driver loader.
#pragma once
#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>
