// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Kindling

/// What `kindling doctor` finds out about a machine.
struct Diagnosis {
    /// Names and what was found, in order; several of one name follow each other.
    let findings: [(name: String, value: String)]
    /// What stands in the way, each with the way out.
    let warnings: [String]

    init(dataDirectory: String?, runDirectory: String) {
        let machine = MachineReport()
        var findings = [
            ("Kindling", RootCommand.version), ("Processor", MachineFacts.processor ?? "unknown"),
            ("Instruction set", machine.instructionSet),
            ("Threads", "\(machine.threadCount) of \(Diagnosis.processors)"),
            ("Memory", Diagnosis.memory),
        ]
        let multiplies = Device.cpu.accelerates(.bfloat16)
        findings.append(
            (
                "bfloat16",
                multiplies
                    ? "multiplied by the processor: precision bf16-mixed is faster where products take the time"
                    : "no instructions (AVX512-BF16, AMX): precision bf16-mixed saves memory and will not be faster"
            ))
        let libraries = [
            ("HDF5", HDF5Version.current), ("libyaml", YAMLVersion.current), ("zlib", ZlibVersion.current),
        ]
        findings += machine.libraries.map { ($0.name, $0.version) } + libraries
        findings += machine.openCLDevices.map { ("OpenCL", $0) }
        if machine.openCLDevices.isEmpty { findings.append(("OpenCL", "no devices: \(machine.reasonForNoOpenCL)")) }
        let places = DataDirectories.with(commandLine: dataDirectory) { DataDirectories().places }
        findings += places.map { ("Data sets", "\($0.path) (\($0.origin)): \(Diagnosis.contents($0.path))") }
        findings.append(("Runs", "\(runDirectory): \(Diagnosis.space(runDirectory))"))
        self.findings = findings
        warnings = Diagnosis.warnings(machine, places, runDirectory)
    }

    var json: JSON {
        var members: [(key: String, value: JSON)] = []
        for (name, value) in findings {
            let key = name.lowercased().replacing(" ", with: "_")
            if let place = members.firstIndex(where: { $0.key == key }) {
                let before = members[place].value
                members[place].value = .list((before.items.isEmpty ? [before] : before.items) + [.text(value)])
            } else {
                members.append((key, .text(value)))
            }
        }
        return .object(members + [("warnings", .list(warnings.map { .text($0) }))])
    }

    private static func warnings(
        _ machine: MachineReport, _ places: [DataDirectories.Place], _ runDirectory: String
    ) -> [String] {
        var warnings: [String] = []
        for name in ["OPENBLAS_CORETYPE", "DNNL_MAX_CPU_ISA", "ONEDNN_MAX_CPU_ISA"] {
            if let value = environment(name) {
                warnings.append("\(name)=\(value) pins the kernels of a library to one processor; unset \(name)")
            }
        }
        for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"] {
            if let value = environment(name), Int(value) != processors {
                warnings.append(
                    "\(name)=\(value), this machine has \(processors) processors; unset \(name) to use them all")
            }
        }
        for place in places where place.isExplicit && Files.kind(place.path) != .folder {
            warnings.append(
                "there is no folder '\(place.path)', named by \(place.origin); correct the path, or leave it out")
        }
        if let free = freeBytes(runDirectory), free < 1 << 30 {
            warnings.append(
                "'\(runDirectory)' has \(byteText(free)) left; make room, or choose another folder with --run-dir")
        }
        if Files.kind(runDirectory) != nil, access(runDirectory, W_OK | X_OK) != 0 {
            warnings.append("'\(runDirectory)' cannot be written to; choose another folder with --run-dir")
        }
        return warnings
    }

    private static var processors: Int { Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    private static var memory: String {
        byteText(Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE))))
    }

    private static func contents(_ folder: String) -> String {
        guard Files.kind(folder) == .folder else { return "no such folder" }
        let names = Files.names(in: folder).filter { Files.kind("\(folder)/\($0)") == .folder }
        return names.isEmpty ? "empty" : names.joined(separator: ", ")
    }

    private static func space(_ folder: String) -> String {
        let state = Files.kind(folder) == nil ? ", made by the first run" : ""
        return (freeBytes(folder).map { "\(byteText($0)) free" } ?? "unknown space") + state
    }

    /// The space left where a folder is, or will be.
    private static func freeBytes(_ folder: String) -> Int? {
        var path = folder
        while Files.kind(path) == nil, path.contains("/") {
            path = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        }
        if Files.kind(path) == nil { path = folder.hasPrefix("/") ? "/" : "." }
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
    }
}
