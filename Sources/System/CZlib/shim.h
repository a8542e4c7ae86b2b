// SPDX-License-Identifier: Apache-2.0
// zlib: data sets are published as .gz files.
#pragma once
#include <zlib.h>
