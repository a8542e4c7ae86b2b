// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// A line for each epoch on standard error: figures, learning rate and time.
///
/// It is the same in a terminal, a pipe and a file, where the progress bar is each time another one.
public final class ConsoleLogger: Logger {
    private let console: Console

    /// A logger.
    /// - Parameter console: Where the lines go.
    public init(console: Console = .standard) { self.console = console }

    /// Prints a line.
    public func log(_ epoch: EpochResult, _ run: any RunControl) throws {
        let figures = epoch.metrics.map { "  \($0.name) \(readable($0.value))" }.joined()
        console.print(
            "epoch \(epoch.epoch + 1)  step \(grouped(epoch.step))\(figures)"
                + "  learning_rate \(readable(epoch.learningRate))  \(readable(epoch.seconds)) s")
    }

    static let component = Component<any Logger>("Console", "A line for each epoch on standard error.") {
        ConsoleLogger()
    }
}
