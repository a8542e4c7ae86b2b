// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Glibc
internal import Kindling

/// Trains models on synthetic data of the real shape and prints one JSON line each: the step, not the disk.
@main
struct KindlingBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kindling-bench",
        abstract: "Time the training steps of workloads, and single operations.",
        discussion: """
            kindling-bench mnist_mlp
            kindling-bench all --compare peers.jsonl > ours.jsonl

            Workloads: \(Workload.allCases.map(\.rawValue).joined(separator: ", "))
            Operations: \(SingleOperation.allCases.map(\.rawValue).joined(separator: ", "))
            Groups: workloads, operations, all

            Several names are measured one after the other, each in a process of its own. Run it on a quiet machine, \
            the peers' scripts in the same hour, without OPENBLAS_CORETYPE.
            """)

    @Argument(help: "Workloads, operations or groups.")
    var names: [String]

    @Option(help: "Number format of the step: f32, or bf16 for products in bfloat16 with float32 masters.")
    var precision: BenchPrecision = .f32

    @Option(help: "Steps in each of five measured runs; the workload's own number when 0.")
    var steps: Int = 0

    @Option(help: "The device: cpu, opencl:0.")
    var device: String = "cpu"

    @Option(help: "JSON lines of the peers' scripts; ratios to the best of them go to standard error, as a table.")
    var compare: String?

    @Flag(help: "Profile some steps after the timing: files go into profiles/WORKLOAD-PRECISION.")
    var profile = false

    func validate() throws {
        guard steps >= 0 else { throw ValidationError("--steps must be 0 or more") }
        guard !names.isEmpty else { throw ValidationError("name a workload, an operation or a group") }
        for name in names where KindlingBench.members(of: name).isEmpty {
            throw ValidationError("there is no workload or operation '\(name)'; 'kindling-bench --help' lists them")
        }
    }

    func run() throws {
        // Checked here, because a name goes to child processes as it is.
        let device = try Device(named: device)
        let peers = try compare.map(PeerFigures.init)
        let measured = names.flatMap(KindlingBench.members)
        if measured.count == 1, let warning = precision.warning(on: device) { Console.standard.warn(warning) }
        var comparison = Comparison(peers: peers, precision: precision.rawValue)
        for name in measured {
            let figure =
                try measured.count == 1
                ? withDevice(device) { try measure(name, on: device) } : child(name, on: device)
            print(figure.json)
            fflush(nil)
            comparison.add(figure)
        }
        if peers != nil { Console.standard.print(comparison.text) }
    }

    private func measure(_ name: String, on device: Device) throws -> Figure {
        if let workload = Workload(rawValue: name) {
            let measurement = try Measurement(workload.make(), steps: steps, precision: precision)
            if profile {
                let folder = "profiles/\(name)-\(precision.rawValue)"
                let report = try measurement.profiled(named: name, on: device, to: folder)
                Console.standard.print("\(report)\nProfile: \(folder)/profile.txt, profile.json, trace.json")
            }
            return Figure(
                name: name, value: measurement.millisecondsPerStep, unit: "ms",
                json: measurement.json(workload: name, precision: precision.rawValue))
        }
        guard let operation = SingleOperation(rawValue: name) else { throw BenchError(what: "there is no '\(name)'") }
        let time = try (operation.microseconds(precision) * 1000).rounded() / 1000
        return Figure(
            name: name, value: time, unit: "µs",
            json: """
                {"peer": "kindling", "op": "\(name)", "precision": "\(precision.rawValue)", "us": \(time)}
                """)
    }

    private func child(_ name: String, on device: Device) throws -> Figure {
        let line = try ChildProcess.line(
            of: [
                name, "--precision", precision.rawValue, "--steps", "\(steps)", "--device", "\(device)",
            ] + (profile ? ["--profile"] : []))
        return try Figure(name: name, line: line)
    }

    /// The workloads and operations behind a name; none when there is no such name.
    private static func members(of name: String) -> [String] {
        let (workloads, operations) = (Workload.allCases.map(\.rawValue), SingleOperation.allCases.map(\.rawValue))
        switch name {
        case "workloads": return workloads
        case "operations": return operations
        case "all": return workloads + operations
        default: return (workloads + operations).filter { $0 == name }
        }
    }
}
