// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Where a run keeps its files.
public enum RunDirectory: Sendable, Hashable {
    /// A new folder `BASE/NAME/DATE-TIME`, made when the first file is written. Nothing is ever overwritten.
    case new(in: String)
    /// A folder that is there already: a resumed run's own.
    case existing(String)

    /// Makes the folder and gives its path.
    func make(for name: String) throws -> String {
        switch self {
        case .existing(let path):
            try makeFolders(path)
            return path
        case .new(let base):
            let parent = "\(base)/\(RunDirectory.folderName(for: name))"
            try makeFolders(parent)
            let stamp = timestamp()
            for attempt in 1...1000 {
                let path = attempt == 1 ? "\(parent)/\(stamp)" : "\(parent)/\(stamp)-\(attempt)"
                if mkdir(path, 0o777) == 0 { return path }
                guard errno == EEXIST else { throw failure(path, errno) }
            }
            throw failure("\(parent)/\(stamp)", EEXIST)
        }
    }

    /// The folder's name for a run's name: letters, digits, `-`, `_` and `.` stay, everything else becomes `-`.
    ///
    /// It is never a path of its own: `../x` gives `..-x`, and a name of dots alone gives `run`.
    public static func folderName(for name: String) -> String {
        let kept = name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" }
        return kept.isEmpty || kept.allSatisfy({ $0 == "." }) ? "run" : String(kept)
    }

    private func timestamp() -> String {
        var now = time(nil)
        var parts = tm()
        localtime_r(&now, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        return "\(date)T\(two(parts.tm_hour))-\(two(parts.tm_min))-\(two(parts.tm_sec))"
    }
}

/// Makes a folder and those above it.
func makeFolders(_ path: String) throws {
    var built = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
        built += built.isEmpty || built.hasSuffix("/") ? String(part) : "/\(part)"
        if mkdir(built, 0o777) != 0, errno != EEXIST { throw failure(built, errno) }
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw failure(path, ENOTDIR) }
}

private func failure(_ path: String, _ code: Int32) -> TrainingError {
    TrainingError(
        .badFolder, "the run folder '\(path)' cannot be made: \(String(cString: strerror(code)))",
        remedy: "choose a folder that you can write to, with --run-dir or the Trainer's runDirectory")
}
