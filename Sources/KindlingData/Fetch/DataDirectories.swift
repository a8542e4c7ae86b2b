// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The folders in which data sets are looked for, in order.
///
/// First come the command line's and the data module's own, then the environment variable `KINDLING_DATA`, `./datasets`,
/// the cache (`$XDG_CACHE_HOME` or `~/.cache`, in it `kindling/datasets`), and last the data sets that Kindling brings.
public struct DataDirectories: Sendable, Hashable {
    @TaskLocal private static var commandLine: String?

    /// The folders, with words for where each was named.
    public let places: [Place]

    /// A folder to look in.
    public struct Place: Sendable, Hashable {
        /// The folder.
        public let path: String
        /// Who named it: `--data-dir`.
        public let origin: String
        /// Whether somebody named it for this run, so that its absence is a mistake.
        public let isExplicit: Bool
    }

    /// Runs `body` with a folder that goes before all others for the data modules made inside: `--data-dir`.
    public static func with<Result>(commandLine path: String?, _ body: () throws -> Result) rethrows -> Result {
        try $commandLine.withValue(path, operation: body)
    }

    /// The folders for a data module being made now.
    /// - Parameter dataDirectory: The module's own, before all but the command line's.
    public init(dataDirectory: String? = nil) {
        var places: [Place] = []
        func add(_ path: String?, _ origin: String, isExplicit: Bool = false) {
            guard let path, !path.isEmpty else { return }
            places.append(Place(path: path, origin: origin, isExplicit: isExplicit))
        }
        add(DataDirectories.commandLine, "--data-dir", isExplicit: true)
        add(dataDirectory, "data_dir", isExplicit: true)
        add(environment("KINDLING_DATA"), "KINDLING_DATA", isExplicit: true)
        add("datasets", "the current folder")
        let cache = environment("XDG_CACHE_HOME") ?? environment("HOME").map { "\($0)/.cache" }
        add(cache.map { "\($0)/kindling/datasets" }, "the cache")
        add(DataDirectories.bundled, "Kindling itself")
        self.places = places
    }

    /// The folder `datasets` of the checkout that this was compiled from.
    private static var bundled: String? {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count > 4 ? parts.dropLast(4).joined(separator: "/") + "/datasets" : nil
    }
}

private func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
}
