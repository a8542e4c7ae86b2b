// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
internal import KindlingEngine

/// Neighbouring axes as one, by default all but that of the samples: `[64, 3, 8, 8]` → `[64, 192]`.
///
///     Flatten(from: 2)(x)             // [64, 3, 8, 8] → [64, 3, 64]
///     Flatten(from: 1, to: 2)(x)      // [64, 3, 8, 8] → [64, 24, 8]
public final class Flatten: ParameterlessLayer {
    /// The layer.
    /// - Parameters:
    ///   - first: The first axis that is merged; −1 is the last.
    ///   - last: The last one, not before the first.
    public init(from first: Int = 1, to last: Int = -1) {
        super.init { $0.flattened(first, last) }
    }

    static let component = Component<any Layer>(
        "Flatten", "Neighbouring axes as one, by default all but that of the samples.",
        Field("from", default: 1, "The first axis that is merged."),
        Field("to", default: -1, "The last axis that is merged.")
    ) { first, last in Flatten(from: first, to: last) }
}

extension Tensor {
    fileprivate func flattened(_ first: Int, _ last: Int) -> Tensor {
        guard last != -1 else { return flattened(from: first) }
        guard let start = shape.axis(first), let end = shape.axis(last), start <= end else {
            return .failed(
                TensorError(
                    .invalidAxis, operation: "Flatten", "from \(first) to \(last) are no axes of shape \(shape)",
                    remedy: "name axes in -\(rank) ..< \(rank), the first not behind the last"), spec)
        }
        let sizes = shape.dimensions
        let merged = sizes[start...end].reduce(1, *)
        return reshaped(to: Shape(sizes[..<start] + [merged] + sizes[(end + 1)...]))
    }
}
