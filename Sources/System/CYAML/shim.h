// SPDX-License-Identifier: Apache-2.0
// libyaml: the event parser that recipes are read with.
#pragma once
#include <yaml.h>
