// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Logs what the run uses: memory of the process and left on the machine, processor time, samples a second.
///
/// Every so many steps it logs `memory_bytes`, `memory_available_bytes`, `cpu_cores` (processors kept busy since the
/// last time) and `samples_per_second`.
///
///     DeviceStats(everySteps: 50)
public final class DeviceStats: Callback {
    private let everySteps: Int
    private let clock = ContinuousClock()
    private var last: (time: ContinuousClock.Instant, cpuSeconds: Double, samples: Int)?

    /// A meter.
    /// - Parameter everySteps: After how many steps it measures.
    public init(everySteps: Int = 50) { self.everySteps = max(1, everySteps) }

    /// Begins to count.
    public func fitStarted(_ run: any RunControl) async throws {
        last = (clock.now, try ProcessUsage.now().cpuSeconds, run.progress.samples)
    }

    /// Measures, when it is time.
    public func stepEnded(_ step: StepResult, _ run: any RunControl) async throws {
        guard step.step % everySteps == 0 else { return }  // Not yet.
        let usage = try ProcessUsage.now()
        let now = clock.now
        run.log("memory_bytes", Double(usage.residentBytes), on: .both)
        run.log("memory_available_bytes", Double(usage.availableBytes), on: .both)
        if let last {
            let seconds = max(1e-9, (now - last.time).seconds)
            run.log("cpu_cores", (usage.cpuSeconds - last.cpuSeconds) / seconds, on: .both)
            run.log("samples_per_second", Double(run.progress.samples - last.samples) / seconds, on: .both)
        }
        last = (now, usage.cpuSeconds, run.progress.samples)
    }

    static let component = Component<any Callback>(
        "DeviceStats", "Logs memory, processor time and samples a second.",
        Field("everySteps", default: 50, in: .atLeast(1), unit: "steps", "After how many steps it measures.")
    ) { everySteps in DeviceStats(everySteps: everySteps) }
}
