// SPDX-License-Identifier: Apache-2.0

/// When a checkpoint is due: every so many epochs, steps or seconds, each of which may be left out.
struct CheckpointTrigger {
    private let epochs: Int?
    private let steps: Int?
    private let seconds: Double?
    private let clock = ContinuousClock()
    private var lastStep = 0
    private var lastTime = ContinuousClock.now

    init(epochs: Int?, steps: Int?, seconds: Double?) {
        self.epochs = epochs
        self.steps = steps
        self.seconds = seconds
    }

    /// Begins to count; a step that is behind the run already is never due.
    mutating func start(at step: Int) {
        lastStep = step
        lastTime = clock.now
    }

    /// Whether one is due after so many finished epochs.
    func isDue(epochsDone: Int) -> Bool { epochs.map { $0 > 0 && epochsDone % $0 == 0 } ?? false }

    /// Whether one is due after a batch, when so many steps are taken.
    ///
    /// Batches that only add to gradients take no step, and make none due by number.
    mutating func isDue(step: Int) -> Bool {
        var due = false
        if let steps, steps > 0, step != lastStep, step % steps == 0 { due = true }
        if let seconds, (clock.now - lastTime).seconds >= seconds { due = true }
        if due { start(at: step) }
        return due
    }
}
