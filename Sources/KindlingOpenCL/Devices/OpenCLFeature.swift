// SPDX-License-Identifier: Apache-2.0

/// Something that devices have or lack, whatever their extension strings say.
public enum OpenCLFeature: String, Sendable, Hashable, CaseIterable {
    /// Calculating in double precision.
    case float64
    /// Calculating in half precision; storing it is always there.
    case float16Arithmetic
    /// NVIDIA's assembly inside OpenCL C.
    case inlinePTX

    /// A kernel that compiles where the feature is there.
    var probe: String {
        switch self {
        case .float64:
            """
            #pragma OPENCL EXTENSION cl_khr_fp64 : enable
            __kernel void probe(__global double* x) { x[0] = sqrt(x[0]) * 1.5; }
            """
        case .float16Arithmetic:
            """
            #ifdef cl_khr_fp16
            #pragma OPENCL EXTENSION cl_khr_fp16 : enable
            #endif
            __kernel void probe(__global half* x) { half a = x[0]; x[1] = a * a + a; }
            """
        case .inlinePTX:
            """
            __kernel void probe(__global uint* x) {
                uint lane;
                asm volatile("mov.u32 %0, %%laneid;" : "=r"(lane));
                x[0] = lane;
            }
            """
        }
    }
}
