// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// What the process and the machine use now, as the system tells.
struct ProcessUsage {
    /// Bytes of the process in memory.
    var residentBytes = 0
    /// Bytes that programs can still have without anything being swapped out.
    var availableBytes = 0
    /// Seconds of computing by all threads of the process so far.
    var cpuSeconds = 0.0

    /// The usage now.
    /// - Throws: when the system does not tell.
    static func now() throws -> ProcessUsage {
        var result = ProcessUsage()
        guard let pages = try readText("/proc/self/statm")?.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { throw missing("/proc/self/statm") }
        result.residentBytes = pages * Int(sysconf(Int32(_SC_PAGESIZE)))
        result.availableBytes = try min(systemAvailable(), controlGroupAvailable() ?? .max)
        var times = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &times) == 0 else { throw missing("getrusage") }
        for time in [times.ru_utime, times.ru_stime] {
            result.cpuSeconds += Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
        }
        return result
    }

    private static func systemAvailable() throws -> Int {
        for line in (try readText("/proc/meminfo") ?? "").split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.first == "MemAvailable:", words.count > 1, let size = Int(words[1]) { return size * 1024 }
        }
        throw missing("/proc/meminfo")
    }

    /// What a container still allows, where there is one with a limit.
    private static func controlGroupAvailable() throws -> Int? {
        func number(_ file: String) throws -> Int? {
            try readText("/sys/fs/cgroup/\(file)").flatMap { Int($0.split(separator: "\n").first ?? "") }
        }
        guard let limit = try number("memory.max"), let used = try number("memory.current") else { return nil }
        return max(0, limit - used)
    }

    private static func missing(_ source: String) -> TrainingError {
        TrainingError(
            .badOption, "the system does not tell its usage: \(source) cannot be read",
            remedy: "leave out what measures memory, such as DeviceStats")
    }
}
