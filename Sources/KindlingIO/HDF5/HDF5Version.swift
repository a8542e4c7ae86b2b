// SPDX-License-Identifier: Apache-2.0
internal import CHDF5

/// The version of libhdf5 in use, for `kindling doctor`.
public enum HDF5Version {
    /// `1.10.8`.
    public static var current: String {
        var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
        return H5get_libversion(&major, &minor, &release) >= 0 ? "\(major).\(minor).\(release)" : "unknown"
    }
}
