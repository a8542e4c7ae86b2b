// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// How elements of each type are written in OpenCL C: pointer types, loads that widen, stores that round.
enum ElementSource {
    /// The pragmas and functions that every kernel begins with.
    static func preamble(_ dtypes: [DType], _ arithmetic: Arithmetic) -> String {
        let doubles = arithmetic == .float64 || dtypes.contains(.float64)
        return (doubles ? "#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n" : "")
            + "#pragma OPENCL FP_CONTRACT OFF\n"
            + "typedef \(name(of: arithmetic)) REAL;\n"
            + (dtypes.contains(.bfloat16) ? roundToBfloat16 : "")
    }

    /// The type that a program's registers have.
    static func name(of arithmetic: Arithmetic) -> String {
        switch arithmetic {
        case .float32: "float"
        case .float64: "double"
        case .int64: "long"
        }
    }

    /// The type that elements have in memory.
    static func name(of dtype: DType) -> String {
        switch dtype {
        case .float32: "float"
        case .float64: "double"
        case .float16: "half"
        case .bfloat16: "ushort"
        case .int32: "int"
        case .int64: "long"
        case .uint8, .bool: "uchar"
        }
    }

    /// An expression for the element at an index, in the kernel's arithmetic.
    static func load(_ dtype: DType, _ pointer: String, _ index: String) -> String {
        switch dtype {
        case .float32, .float64, .int32, .int64, .uint8: "(REAL)\(pointer)[\(index)]"
        case .bool: "(REAL)(\(pointer)[\(index)] != 0)"
        case .float16: "(REAL)vload_half(\(index), \(pointer))"
        case .bfloat16: "(REAL)as_float((uint)\(pointer)[\(index)] << 16)"
        }
    }

    /// A statement that stores a `REAL` expression, which it evaluates once or, for `bool`, compares with zero.
    static func store(_ dtype: DType, _ arithmetic: Arithmetic, _ pointer: String, _ index: String, _ value: String)
        -> String
    {
        switch dtype {
        case .float32, .float64, .int64: "\(pointer)[\(index)] = (\(name(of: dtype)))(\(value));"
        // Through long, so that what does not fit wraps around instead of being undefined.
        case .int32, .uint8: "\(pointer)[\(index)] = (\(name(of: dtype)))(long)(\(value));"
        case .bool: "\(pointer)[\(index)] = (\(value)) != 0;"
        case .float16:
            "vstore_half(\(arithmetic == .int64 ? "(float)" : "")(\(value)), \(index), \(pointer));"
        case .bfloat16: "\(pointer)[\(index)] = bfloat16_from((\(value)));"
        }
    }

    /// To the nearest, halves to even; NaN stays NaN. A double is first cut to a float whose last bit remembers that
    /// something was lost (rounding to odd), so that it is rounded once.
    private static let roundToBfloat16 = """
        ushort bfloat16_from_float(float x) {
            uint bits = as_uint(x);
            if (isnan(x)) return (ushort)((bits >> 16) | 0x40);
            return (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
        }
        ushort bfloat16_from(REAL x) {
            float near = (float)x;
            if (sizeof(REAL) == 8 && !isnan(near) && !isinf(near) && (REAL)near != x) {
                uint bits = as_uint(near);
                if ((bits & 1) == 0) bits += ((bits >> 31) ? (REAL)near < x : (REAL)near > x) ? -1 : 1;
                near = as_float(bits);
            }
            return bfloat16_from_float(near);
        }

        """
}
