// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Kindling

/// The time of one training step: the median of five runs after a warm-up.
struct Measurement {
    let millisecondsPerStep: Double
    let itemsPerSecond: Double
    let firstStepSeconds: Double
    let peakMegabytes: Int
    let parameterCount: Int
    private let steps: Int
    private let step: (Int) throws -> Tensor

    init(_ timed: TimedStep, steps: Int, precision: BenchPrecision) throws {
        let steps = steps > 0 ? steps : timed.steps
        self.steps = steps
        timed.model.initialize(seed: 0)
        let optimizer = try Optimizer(timed.rule, parameters: timed.model.namedParameters)
        let random = RandomStream(seed: 0)["step"]
        let policy = precision.policy
        let step = { (number: Int) throws -> Tensor in
            try withTensorErrors {
                let loss = withPrecision(policy) {
                    ForwardContext.run(.training, random: random[number]) { timed.loss() }
                }
                try loss.backward()
                try optimizer.step()
                return loss
            }
        }
        self.step = step
        let clock = ContinuousClock()
        firstStepSeconds = try clock.measure { _ = try step(0).item() }.seconds
        for number in 0..<max(2, steps / 10) { _ = try step(number) }
        var runs: [Double] = []
        for run in 0..<5 {
            let elapsed = try clock.measure {
                var loss: Tensor?
                for number in 0..<steps { loss = try step(run * steps + number) }
                _ = try loss?.item()
            }
            runs.append(elapsed.seconds / Double(steps))
        }
        let median = runs.sorted()[2]
        millisecondsPerStep = median * 1e3
        itemsPerSecond = Double(timed.inputs.shape[0] * timed.itemsPerSample) / median
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        peakMegabytes = Int(usage.ru_maxrss) / 1024
        parameterCount = timed.model.parameterCount
    }

    /// Profiles some more steps, and writes what they took to a folder.
    /// - Returns: The tables for a terminal.
    func profiled(named name: String, on device: Device, to folder: String) throws -> String {
        let profile = OperationProfile()
        try profile.record {
            for number in 0..<min(20, steps) { _ = try step(5 * steps + number) }
        }
        return try ProfileFiles.write(profile, on: device, named: name, to: folder).summary
    }

    func json(workload: String, precision: String) -> String {
        """
        {"peer": "kindling", "workload": "\(workload)", "precision": "\(precision)", \
        "ms_per_step": \(rounded(millisecondsPerStep, 4)), "items_per_s": \(rounded(itemsPerSecond, 1)), \
        "first_step_s": \(rounded(firstStepSeconds, 4)), "peak_mb": \(peakMegabytes), "params": \(parameterCount)}
        """
    }

    private func rounded(_ value: Double, _ digits: Int) -> Double {
        let scale = pow(10, Double(digits))
        return (value * scale).rounded() / scale
    }
}
