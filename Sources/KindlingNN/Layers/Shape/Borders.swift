// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// How much is put around the spatial axes, or taken away there, and what is wrong with it.
struct Borders {
    private let before: [Int]
    private let after: [Int]
    let mistake: LayerError?

    init(before: some PerAxis, after: some PerAxis) {
        self.before = before.perAxis
        self.after = after.perAxis
        mistake = LayerError.found(file: nil) { () throws(LayerError) in
            for (name, widths) in [("before", before.perAxis), ("after", after.perAxis)] {
                guard (1...3).contains(widths.count) else {
                    throw LayerError(name, widths, must: "be one number, or one for each of 1 to 3 spatial axes")
                }
                _ = try widths.checked(name, axes: widths.count, least: 0)
            }
        }
    }

    /// What `body` makes of the pair of widths of each spatial axis, when there are as many as the input has axes.
    func applied(to input: Tensor, _ layer: String, _ body: ([(before: Int, after: Int)]) -> Tensor) -> Tensor {
        let axes = input.rank - 2
        guard (1...3).contains(axes), [1, axes].contains(before.count), [1, axes].contains(after.count) else {
            let widths = max(before.count, after.count)
            return .failed(
                TensorError(
                    .shapeMismatch, operation: layer,
                    "\(widths) \(widths == 1 ? "width does" : "widths do") not fit an input of shape \(input.shape)",
                    remedy: "give [batch, channels, spatial…] with 1 to 3 spatial axes, and a width for each or one"),
                input.spec)
        }
        return body(
            (0..<axes).map { (before[before.count == 1 ? 0 : $0], after[after.count == 1 ? 0 : $0]) })
    }
}
