// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// What is known about a run before it has any figures.
struct RunFacts {
    /// The folder's last two parts: `iris/2026-01-31T12-00-00`.
    let name: String
    /// The folder's path from the root.
    let directory: String
    /// The resolved recipe, where the run follows one.
    let recipe: String?
    /// What the run is made with, by name: the seed, then what the recipe says.
    let hyperparameters: [(name: String, value: String)]

    /// Looks them up.
    /// - Throws: when the run's folder cannot be made or read.
    init(_ run: any RunControl) throws {
        let path = try run.directory()
        directory = RunFacts.absolute(path)
        name = directory.split(separator: "/").suffix(2).joined(separator: "/")
        recipe = run.recipe
        hyperparameters = [("seed", String(run.progress.seed))] + run.hyperparameters.filter { $0.name != "seed" }
    }

    /// A path from the root, without links.
    static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }  // It is not there: as good a name as any.
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

/// Seconds since 1970.
func wallTime() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}
