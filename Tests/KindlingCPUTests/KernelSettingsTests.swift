// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingCPU
import Testing

/// Every table of kernels there is; a test passes over those that the processor lacks.
let instructionSets = ["baseline", "avx2", "avx512"]

/// Tests that turn process-wide settings; they run one after the other.
@Suite(.serialized) struct KernelSettingsTests {}
