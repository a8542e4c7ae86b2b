// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// Each sample's features so many times, as a sequence: `[N, F]` → `[N, count, F]`; Keras' `RepeatVector`.
///
///     Sequential { encoder; RepeatVector(20); decoder }       // one code for every step
public final class RepeatVector: ParameterlessLayer {
    /// The layer.
    /// - Parameter count: The length of the sequence, at least 1.
    public init(_ count: Int) {
        super.init(
            spatialAxes: 0, mistake: count >= 1 ? nil : LayerError("count", count, must: "be 1 or more")
        ) { $0.insertingAxis(at: 1).repeated(count, along: 1) }
    }

    static let component = Component<any Layer>(
        "RepeatVector", "Each sample's features so many times, as a sequence.",
        Field<Int>(required: "count", in: .atLeast(1), "The length of the sequence.")
    ) { count in RepeatVector(count) }
}
