// SPDX-License-Identifier: Apache-2.0
// oneDNN: matrix products, convolution and pooling in float32.
#pragma once
#include <dnnl.h>
