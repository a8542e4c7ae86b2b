// SPDX-License-Identifier: Apache-2.0
// oneDNN: matrix products and convolution in float32 and bfloat16.
#pragma once
#include <dnnl.h>
#include <dnnl_debug.h>
