// SPDX-License-Identifier: Apache-2.0

/// A run's loggers: one that fails is told about, once, and the run goes on, because figures can be computed again and
/// weights cannot.
final class Logbook {
    private let loggers: [any Logger]
    private let console: Console
    private var failed: Set<ObjectIdentifier> = []

    init(loggers: [any Logger], console: Console) {
        self.loggers = loggers
        self.console = console
    }

    /// Whether there is nobody to tell.
    var isEmpty: Bool { loggers.isEmpty }

    func started(_ run: any RunControl) { tell { try $0.started(run) } }
    func log(_ step: StepFigures, _ run: any RunControl) { tell { try $0.log(step, run) } }
    func log(_ epoch: EpochResult, _ run: any RunControl) { tell { try $0.log(epoch, run) } }
    func log(_ attachment: Attachment, _ run: any RunControl) { tell { try $0.log(attachment, run) } }
    func finished(_ outcome: RunOutcome, _ run: any RunControl) { tell { try $0.finished(outcome, run) } }

    private func tell(_ body: (any Logger) throws -> Void) {
        for logger in loggers {
            do { try body(logger) } catch {
                // It may work again, but a disk that is full would be told of at every step.
                guard failed.insert(ObjectIdentifier(logger)).inserted else { continue }
                console.warn("\(type(of: logger)): \(error)")
            }
        }
    }
}
