// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization

/// The terminal's modes while a ``TerminalScreen`` is open, and the way back from anywhere, signal handlers too.
enum TerminalRestoration {
    private static let isTaken = Atomic<Bool>(false)
    /// Memory that a signal handler may read: written before `isTaken` is set, and never freed.
    private nonisolated(unsafe) static let modes = UnsafeMutablePointer<termios>.allocate(capacity: 1)
    /// What each signal did before, by number; there are 64.
    private nonisolated(unsafe) static let actions = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
    private nonisolated(unsafe) static let isWatched: UnsafeMutablePointer<Bool> = {
        let flags = UnsafeMutablePointer<Bool>.allocate(capacity: 65)
        flags.initialize(repeating: false, count: 65)
        return flags
    }()
    /// Wrapping, the cursor and the first screen.
    private static let goodbye: StaticString = "\u{1B}[?7h\u{1B}[?25h\u{1B}[0m\u{1B}[?1049l"
    /// Requests to end, for which a run may have a handler of its own that ends it in order.
    private static let requests = [SIGINT, SIGTERM, SIGHUP]
    /// What ends a process at once.
    private static let crashes = [SIGQUIT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT]
    /// At the process's exit the terminal is given back, once and for all.
    private static let exitHook: Int32 = atexit { _ = TerminalRestoration.giveBack() }

    /// Lets keys come one by one and unseen; false when somebody has done so already, or it cannot be done.
    static func take() -> Bool {
        guard !isTaken.load(ordering: .acquiring), tcgetattr(STDIN_FILENO, modes) == 0, exitHook == 0 else {
            return false
        }
        var raw = modes.pointee
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        withUnsafeMutableBytes(of: &raw.c_cc) { keys in
            keys[Int(VMIN)] = 0
            keys[Int(VTIME)] = 0
            // Ctrl-Z would leave the shell with this screen.
            keys[Int(VSUSP)] = 0
        }
        guard tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0 else { return false }
        isTaken.store(true, ordering: .releasing)
        for number in requests where isDefault(number) { watch(number) }
        for number in crashes { watch(number) }
        return true
    }

    /// Whether there is a screen to draw on.
    static var isOpen: Bool { isTaken.load(ordering: .acquiring) }

    /// Puts modes and screen back as they were; safe in signal handlers.
    /// - Returns: Whether there was anything to put back.
    static func giveBack() -> Bool {
        guard isTaken.exchange(false, ordering: .acquiringAndReleasing) else { return false }
        _ = Glibc.write(STDERR_FILENO, goodbye.utf8Start, goodbye.utf8CodeUnitCount)
        tcsetattr(STDIN_FILENO, TCSANOW, modes)
        for number in 1..<65 where isWatched[number] {
            isWatched[number] = false
            sigaction(Int32(number), actions + number, nil)
        }
        return true
    }

    /// Ends the process by a signal, after putting the terminal back: what a request to end in order leaves for the
    /// second signal.
    static let onRequest: @convention(c) (Int32) -> Void = { number in
        _ = TerminalRestoration.giveBack()
        signal(number, SIG_DFL)
        raise(number)
    }

    private static func isDefault(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }  // No such signal.
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 0  // SIG_DFL
    }

    /// Has a signal put the terminal back before it does what it did before.
    private static func watch(_ number: Int32) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
            // Raised again, it finds the earlier action as soon as this one returns, at the same place in the program.
            _ = TerminalRestoration.giveBack()
            raise(number)
        }
        action.sa_flags = SA_ONSTACK
        isWatched[Int(number)] = sigaction(number, &action, actions + Int(number)) == 0
    }
}
