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
    ///
    /// Real numbers become integers as when they are stored.
    static func load(_ dtype: DType, _ pointer: String, _ index: String, _ arithmetic: Arithmetic? = nil) -> String {
        let truncates = arithmetic == .int64 && dtype.isFloatingPoint
        let value =
            switch dtype {
            case .float32, .float64, .int32, .int64, .uint8: "\(pointer)[\(index)]"
            case .bool: "(\(pointer)[\(index)] != 0)"
            case .float16: "vload_half(\(index), \(pointer))"
            case .bfloat16: "as_float((uint)\(pointer)[\(index)] << 16)"
            }
        return truncates ? "convert_long_sat(\(value))" : "(REAL)\(value)"
    }

    /// A statement that stores an expression of a type that holds `arithmetic`.
    ///
    /// Real numbers lose their fraction on the way to integers; what is then beyond 64 bits becomes the nearest end,
    /// and beyond fewer bits wraps around.
    static func store(
        _ dtype: DType, _ arithmetic: Arithmetic, _ pointer: String, _ index: String, _ value: String
    ) -> String {
        let integer = arithmetic == .int64 ? "(\(value))" : "convert_long_sat(\(value))"
        return switch dtype {
        case .float32, .float64: "\(pointer)[\(index)] = (\(name(of: dtype)))(\(value));"
        case .int64, .int32, .uint8: "\(pointer)[\(index)] = (\(name(of: dtype)))\(integer);"
        case .bool: "\(pointer)[\(index)] = (\(value)) != 0;"
        case .float16: "vstore_half(\(arithmetic == .int64 ? "(float)" : "")(\(value)), \(index), \(pointer));"
        case .bfloat16: "\(pointer)[\(index)] = bfloat16_from((float)(\(value)));"
        }
    }

    /// To the nearest, halves to even; NaN stays NaN.
    private static let roundToBfloat16 = """
        ushort bfloat16_from(float x) {
            const uint bits = as_uint(x);
            if (isnan(x)) return (ushort)((bits >> 16) | 0x40);
            return (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
        }

        """
}
