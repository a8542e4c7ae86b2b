// SPDX-License-Identifier: Apache-2.0
internal import CHDF5
internal import KindlingBackend

/// How the elements of a dataset are stored, and what they are read as.
struct HDF5Element: Sendable {
    /// The type they are read as: the stored one, or a wider one where Kindling has none of that width.
    let dtype: DType
    /// Bytes one element takes in the file.
    let storedSize: Int
    /// Whether the bytes in the file are those in memory.
    let isVerbatim: Bool

    /// Makes the library's own type for elements in a file.
    ///
    /// Only while the library is locked.
    static func type(of dtype: DType, file: String) throws(FileError) -> HDF5Handle {
        let failure = FileError(
            .invalidArgument, path: file, "no HDF5 type for \(dtype.name)", cause: HDF5Library.failure)
        switch dtype {
        case .float32: return try HDF5Handle(H5Tcopy(hdf5_type_float32()), otherwise: failure)
        case .float64: return try HDF5Handle(H5Tcopy(hdf5_type_float64()), otherwise: failure)
        case .int32: return try HDF5Handle(H5Tcopy(hdf5_type_int32()), otherwise: failure)
        case .int64: return try HDF5Handle(H5Tcopy(hdf5_type_int64()), otherwise: failure)
        case .uint8, .bool: return try HDF5Handle(H5Tcopy(hdf5_type_uint8()), otherwise: failure)
        case .bfloat16: return try HDF5Handle(H5Tcreate(H5T_OPAQUE, 2), otherwise: failure)
        case .float16:
            let half = try HDF5Handle(H5Tcopy(hdf5_type_float32()), otherwise: failure)
            // Sign at bit 15, five bits of exponent from bit 10, ten of mantissa: IEEE 754 binary16.
            guard H5Tset_fields(half.id, 15, 10, 5, 0, 10) >= 0, H5Tset_size(half.id, 2) >= 0,
                H5Tset_ebias(half.id, 15) >= 0
            else { throw failure }
            return half
        }
    }

    /// Recognises a stored type, or says why it is not read.
    ///
    /// Only while the library is locked.
    /// - Parameter declared: the value of the `dtype` attribute.
    init(type: hid_t, declared: String?, file: String, entry: String) throws(FileError) {
        storedSize = H5Tget_size(type)
        switch H5Tget_class(type) {
        case H5T_OPAQUE where storedSize == 2 && declared == DType.bfloat16.name:
            (dtype, isVerbatim) = (.bfloat16, true)
        case H5T_ENUM where HDF5Element.isTruth(type):
            (dtype, isVerbatim) = (.bool, true)
        case H5T_FLOAT, H5T_INTEGER:
            guard let match = try HDF5Element.number(type, file: file) else {
                throw FileError(
                    .unsupported, path: file, entry: entry,
                    "has numbers of \(storedSize) bytes of a kind that Kindling does not have",
                    remedy: "convert it to float32 or int64")
            }
            let isTruth = declared == DType.bool.name && match.dtype == .uint8
            (dtype, isVerbatim) = (isTruth ? .bool : match.dtype, match.isVerbatim)
        case let other:
            let name = HDF5Element.name(of: other)
            throw FileError(
                .refused, path: file, entry: entry, "has elements of the \(name) type, which is not read",
                remedy: "store it as plain numbers or as one text")
        }
    }

    private static func number(_ type: hid_t, file: String) throws(FileError) -> (dtype: DType, isVerbatim: Bool)? {
        let failure = FileError(.corrupt, path: file, "has a damaged element type", cause: HDF5Library.failure)
        let order = H5Tget_order(type)
        guard order == H5T_ORDER_LE || order == H5T_ORDER_BE || order == H5T_ORDER_NONE else { return nil }
        let ordered = try HDF5Handle(H5Tcopy(type), otherwise: failure)
        guard order == H5T_ORDER_NONE || H5Tset_order(ordered.id, H5T_ORDER_LE) >= 0 else { throw failure }
        for dtype in [DType.float32, .float64, .float16, .int32, .int64, .uint8] {
            let candidate = try HDF5Element.type(of: dtype, file: file)
            if H5Tequal(ordered.id, candidate.id) > 0 { return (dtype, order != H5T_ORDER_BE || dtype.byteCount == 1) }
        }
        for narrow in [hdf5_type_int8(), hdf5_type_int16(), hdf5_type_uint16()]
        where H5Tequal(ordered.id, narrow) > 0 { return (.int32, false) }
        return H5Tequal(ordered.id, hdf5_type_uint32()) > 0 ? (.int64, false) : nil
    }

    /// Whether a type is what h5py makes of NumPy's bool: a one-byte enumeration of FALSE = 0 and TRUE = 1.
    private static func isTruth(_ type: hid_t) -> Bool {
        guard H5Tget_size(type) == 1, H5Tget_nmembers(type) == 2 else { return false }
        return ["FALSE", "TRUE"].enumerated().allSatisfy { expected, name in
            var value: UInt8 = 0xFF
            return H5Tenum_valueof(type, name, &value) >= 0 && Int(value) == expected
        }
    }

    private static func name(of kind: H5T_class_t) -> String {
        switch kind {
        case H5T_COMPOUND: "compound"
        case H5T_REFERENCE: "reference"
        case H5T_VLEN: "variable-length"
        case H5T_ARRAY: "array"
        case H5T_OPAQUE: "opaque"
        case H5T_ENUM: "enumeration"
        case H5T_BITFIELD: "bit field"
        case H5T_STRING: "array of texts"
        default: "unknown"
        }
    }
}
