// SPDX-License-Identifier: Apache-2.0

/// Something to log that is more than a number.
public struct Attachment: Sendable, Hashable {
    /// What it is.
    public enum Content: Sendable, Hashable {
        /// A text, Markdown.
        case text(String)
        /// Numbers whose distribution counts.
        case distribution([Float])
        /// A picture: rows from the top, pixels from the left, `channels` bytes each (1: grey, 3: RGB, 4: RGBA).
        case picture(pixels: [UInt8], width: Int, height: Int, channels: Int)
        /// Numbers with names for rows and columns, such as a confusion matrix.
        case table(rows: [String], columns: [String], values: [[Double]])
    }

    /// The name: `confusion_matrix`, `weights/net.0.weight`.
    public var name: String
    /// What it is.
    public var content: Content

    /// Something to log.
    public init(_ name: String, _ content: Content) {
        self.name = name
        self.content = content
    }
}
