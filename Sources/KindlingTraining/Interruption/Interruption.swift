// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization

/// A request from outside to end the run at the next batch: Ctrl-C, or a machine that is being shut down.
public final class Interruption: Sendable {
    private static let received = Atomic<Int32>(0)
    private let own = Atomic<Int32>(0)
    private let listensToSignals: Bool

    /// A request that a program makes itself, with ``request(signal:)``.
    public init() { listensToSignals = false }

    private init(listening: Bool) { listensToSignals = listening }

    /// Requests by SIGINT (Ctrl-C), SIGTERM and SIGHUP (the terminal is gone), unless the process was started to ignore it.
    ///
    /// The first one ends the run in order, with a checkpoint; the second one ends the process at once, a full-screen view
    /// taken off the terminal first.
    /// SIGPIPE is ignored from now on: a reader of messages that goes away, as in `2>&1 | tee log`, ends no run.
    public static func onSignals() -> Interruption {
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGINT, SIGTERM, SIGHUP] where number != SIGHUP || !isIgnored(number) {
            // Nothing but noting the number and letting the next signal through is safe in a handler.
            signal(number) { number in
                Interruption.received.store(number, ordering: .relaxed)
                signal(number, TerminalRestoration.onRequest)
            }
        }
        return Interruption(listening: true)
    }

    /// Whether the process was started to ignore a signal, as `nohup` does.
    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }  // No such signal.
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1  // SIG_IGN
    }

    /// Asks the run to end.
    public func request(signal: Int32 = 2) { own.store(signal, ordering: .relaxed) }

    /// The signal that asked, or nil.
    var signalReceived: Int32? {
        let number = own.load(ordering: .relaxed)
        if number != 0 { return number }
        guard listensToSignals else { return nil }
        let received = Interruption.received.load(ordering: .relaxed)
        return received == 0 ? nil : received
    }
}
