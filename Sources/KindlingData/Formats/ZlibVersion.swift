// SPDX-License-Identifier: Apache-2.0
internal import CZlib

/// The version of zlib in use, for `kindling doctor`.
public enum ZlibVersion {
    /// `1.2.13`.
    public static var current: String { String(cString: zlibVersion()) }
}
