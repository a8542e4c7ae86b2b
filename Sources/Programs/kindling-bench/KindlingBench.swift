// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

/// Trains a model on synthetic data of the real shape and prints one JSON line: the step, not the disk.
@main
struct KindlingBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kindling-bench",
        abstract: "Time the training step of a workload, or a single operation.",
        discussion: """
            Workloads: \(Workload.allCases.map(\.rawValue).joined(separator: ", "))
            Operations: \(SingleOperation.allCases.map(\.rawValue).joined(separator: ", "))
            """)

    @Argument(help: "The workload or operation.")
    var name: String

    @Option(help: "Number format of the step: f32.")
    var precision: Precision = .f32

    @Option(help: "Steps in each of five measured runs; the workload's own number when 0.")
    var steps: Int = 0

    @Option(help: "The device: cpu, opencl:0.")
    var device: String = "cpu"

    enum Precision: String, ExpressibleByArgument, CaseIterable { case f32 }

    func validate() throws {
        guard steps >= 0 else { throw ValidationError("--steps must be 0 or more") }
        guard Workload(rawValue: name) != nil || SingleOperation(rawValue: name) != nil else {
            throw ValidationError("there is no workload or operation '\(name)'; 'kindling-bench --help' lists them")
        }
    }

    func run() throws {
        let device = try Device(named: device)
        try withDevice(device) {
            if let workload = Workload(rawValue: name) {
                let measurement = try Measurement(workload.make(), steps: steps)
                print(measurement.json(workload: name, precision: precision.rawValue))
            } else if let operation = SingleOperation(rawValue: name) {
                let time = try (operation.microseconds() * 1000).rounded() / 1000
                print(
                    """
                    {"peer": "kindling", "op": "\(name)", "precision": "\(precision.rawValue)", "us": \(time)}
                    """)
            }
        }
    }
}
