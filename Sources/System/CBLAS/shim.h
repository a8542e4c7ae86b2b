// SPDX-License-Identifier: Apache-2.0
// OpenBLAS: matrix products in double precision, and its own description of itself.
#pragma once
#include <cblas.h>
