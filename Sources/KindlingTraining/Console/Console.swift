// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Where messages for people go: a terminal, a pipe, or nowhere.
public struct Console: Sendable {
    /// Whether lines can be written over and coloured.
    public let isInteractive: Bool
    /// Characters a line.
    public let width: Int
    private let write: @Sendable (String) -> Void

    /// A console of your own.
    public init(isInteractive: Bool, width: Int = 80, write: @escaping @Sendable (String) -> Void) {
        self.isInteractive = isInteractive
        self.width = width
        self.write = write
    }

    /// Standard error: results on standard output stay clean.
    public static let standard = Console(isInteractive: isTerminal, width: terminalWidth) { text in
        // While a drawing has the whole screen, messages wait for their turn.
        if !TerminalScreen.hold(text) { TerminalScreen.write(text) }
    }

    /// Nowhere.
    public static let silent = Console(isInteractive: false) { _ in }

    /// Writes text as it is.
    public func print(_ text: String, terminator: String = "\n") { write(text + terminator) }

    /// Writes a warning.
    public func warn(_ text: String) { write("warning: \(text)\n") }

    private static var isTerminal: Bool {
        guard isatty(STDERR_FILENO) == 1 else { return false }
        let terminal = getenv("TERM").map { String(cString: $0) } ?? ""
        return terminal != "dumb" && getenv("NO_COLOR") == nil
    }

    private static var terminalWidth: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
        return Int(size.ws_col)
    }
}
