// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report what this machine computes with, and what stands in the way.",
        discussion: """
            kindling doctor
            kindling doctor --json

            Instruction set, threads, libraries with their versions, OpenCL devices, where data sets are looked for and
            what is there, the space left for runs; and warnings with the way out.
            """)

    @Option(help: "Where data sets are looked for first.")
    var dataDir: String?

    @Option(help: "Where runs keep their files.")
    var runDir: String = "runs"

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let diagnosis = Diagnosis(dataDirectory: dataDir, runDirectory: runDir)
        if json {
            Session.print(diagnosis.json.text)
            return
        }
        var table = Table(["What", "Found"])
        var previous = ""
        for (name, value) in diagnosis.findings {
            table.add(name == previous ? "" : name, value)
            previous = name
        }
        Session.print(table.text)
        for warning in diagnosis.warnings { Session.print("warning: \(warning)") }
    }
}
