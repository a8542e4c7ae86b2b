// SPDX-License-Identifier: Apache-2.0
internal import CYAML

/// The version of libyaml in use, for `kindling doctor`.
public enum YAMLVersion {
    /// `0.2.5`.
    public static var current: String { String(cString: yaml_get_version_string()) }
}
