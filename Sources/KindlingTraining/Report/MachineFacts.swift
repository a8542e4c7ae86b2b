// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingEngine
internal import KindlingIO
internal import KindlingNN

/// Where a run computed.
package struct MachineFacts {
    /// The facts with their names, in order.
    let rows: [(name: String, value: String)]

    /// Looks.
    init(_ run: any RunControl) {
        let machine = MachineReport()
        var rows = [
            ("Device", run.device.description), ("Seed", String(run.progress.seed)),
            ("Precision", "\(run.precision)"),
            ("Parameters", MachineFacts.parameters(run)),
            ("Processor", MachineFacts.processor ?? machine.instructionSet),
            ("Instruction set", machine.instructionSet), ("Threads", String(machine.threadCount)),
            ("Memory", MachineFacts.memory), ("System", MachineFacts.system),
        ]
        rows += machine.libraries + [("HDF5", HDF5Version.current)]
        if run.device != .cpu { rows.append(("OpenCL", machine.openCLDevices.joined(separator: "; "))) }
        self.rows = rows.map { (name: $0.0, value: $0.1) }
    }

    /// How many numbers are learned, and their formats.
    private static func parameters(_ run: any RunControl) -> String {
        let all = run.module.parameters
        let formats = Set(all.map { "\($0.dtype)" }).sorted().joined(separator: ", ")
        return "\(grouped(run.module.parameterCount)) in \(formats.isEmpty ? "none" : formats)"
    }

    /// The processor's name, from the kernel.
    package static var processor: String? {
        // A machine without the file has no name that could be shown.
        guard let text = try? readText("/proc/cpuinfo") else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":", maxSplits: 1).last.map { String($0.drop { $0 == " " }) }
    }

    private static var memory: String {
        let bytes = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
        return "\(readable(bytes / 1_073_741_824)) GiB"
    }

    private static var system: String {
        var names = utsname()
        guard uname(&names) == 0 else { return "unknown" }
        func text(_ field: some Any) -> String {
            withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        return "\(text(names.sysname)) \(text(names.release)) \(text(names.machine))"
    }
}
