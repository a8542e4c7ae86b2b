// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization

/// The whole terminal for one drawing, with keys read as they are pressed.
///
/// What was on the screen comes back when it is closed: by ``close()``, at the process's exit, and when a signal ends the
/// process. Ctrl-C stays a signal. Messages to ``Console/standard`` wait until then, so that they do not get into the
/// drawing.
final class TerminalScreen: Sendable {
    /// Whether there is a terminal to draw on and to read keys from.
    static var isPossible: Bool {
        let kind = getenv("TERM").map { String(cString: $0) } ?? ""
        return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 && !kind.isEmpty && kind != "dumb"
    }

    /// Whether colours are wanted (https://no-color.org is how people say they are not).
    static var isColored: Bool { getenv("NO_COLOR") == nil }

    /// Takes the terminal; nil when there is none, or it is taken already.
    static func open() -> TerminalScreen? {
        guard isPossible, TerminalRestoration.take() else { return nil }
        TerminalScreen.held.withLock { $0 = "" }
        // The other screen, no cursor, no wrapping.
        TerminalScreen.write("\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l\u{1B}[2J")
        return TerminalScreen()
    }

    private init() {}

    deinit { close() }

    /// Columns and rows, as they are now.
    var size: (width: Int, height: Int) {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Shows a line in each row.
    func draw(_ lines: [String]) {
        guard TerminalRestoration.isOpen else { return }  // The process is being ended by a signal.
        // Cleared before it is written: after a line that is full, the cursor still stands on its last place.
        TerminalScreen.write("\u{1B}[H" + lines.map { "\u{1B}[K\($0)" }.joined(separator: "\r\n"))
    }

    /// The bytes of keys that were pressed since the last call.
    func keys() -> [UInt8] {
        var pressed: [UInt8] = []
        var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while pressed.count < 64, poll(&waiting, 1, 0) == 1, waiting.revents & Int16(POLLIN) != 0 {
            var byte: UInt8 = 0
            guard read(STDIN_FILENO, &byte, 1) == 1 else { break }
            pressed.append(byte)
        }
        return pressed
    }

    /// Gives the terminal back and prints what waited.
    func close() {
        guard TerminalRestoration.giveBack() else { return }  // It is given back already.
        let waiting = TerminalScreen.held.withLock { text in
            defer { text = nil }
            return text ?? ""
        }
        TerminalScreen.write(waiting)
    }

    /// The last message that waits, for the drawing.
    static var lastMessage: String? {
        held.withLock { $0?.split(separator: "\n").last.map(String.init) }
    }

    /// Messages that wait while a screen is open; nil while none is.
    private static let held = Mutex<String?>(nil)

    /// Keeps a message until the screen is closed; false while none is open.
    static func hold(_ text: String) -> Bool {
        held.withLock { waiting in
            guard waiting != nil else { return false }
            waiting?.append(text)
            return true
        }
    }

    /// Writes to standard error.
    static func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            // Nobody is left to be told when standard error itself is gone.
            guard count > 0 || errno == EINTR else { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}
