// SPDX-License-Identifier: Apache-2.0
// HDF5, with its macros (which Swift cannot see) given as functions.
#pragma once
#include <hdf5.h>
