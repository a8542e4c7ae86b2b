// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report what this machine computes with.",
        discussion: "Instruction set, threads, libraries with their versions, OpenCL devices.")

    func run() throws {
        let machine = MachineReport()
        var table = Table(["What", "Found"])
        table.add("Kindling", RootCommand.configuration.version)
        table.add("Instruction set", machine.instructionSet)
        table.add("Threads", String(machine.threadCount))
        for (name, version) in machine.libraries + [
            ("HDF5", HDF5Version.current), ("libyaml", YAMLVersion.current), ("zlib", ZlibVersion.current),
        ] {
            table.add(name, version)
        }
        for (index, device) in machine.openCLDevices.enumerated() {
            table.add(index == 0 ? "OpenCL" : "", device)
        }
        if machine.openCLDevices.isEmpty { table.add("OpenCL", "no devices: \(machine.reasonForNoOpenCL)") }
        Session.print(table.text)
    }
}
