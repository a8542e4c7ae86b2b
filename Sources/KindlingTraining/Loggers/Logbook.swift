// SPDX-License-Identifier: Apache-2.0

/// A run's loggers: one that fails is told about, and the run goes on, because figures can be computed again and
/// weights cannot.
struct Logbook {
    let loggers: [any Logger]
    let console: Console

    func started(_ run: any RunControl) { tell { try $0.started(run) } }
    func log(_ step: StepFigures, _ run: any RunControl) { tell { try $0.log(step, run) } }
    func log(_ epoch: EpochResult, _ run: any RunControl) { tell { try $0.log(epoch, run) } }
    func log(_ attachment: Attachment, _ run: any RunControl) { tell { try $0.log(attachment, run) } }
    func finished(_ outcome: RunOutcome, _ run: any RunControl) { tell { try $0.finished(outcome, run) } }

    private func tell(_ body: (any Logger) throws -> Void) {
        for logger in loggers {
            do { try body(logger) } catch { console.warn("\(type(of: logger)): \(error)") }
        }
    }
}
