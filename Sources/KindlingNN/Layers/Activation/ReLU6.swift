// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// min(max(0, x), 6), a ReLU that low precision can hold (Krizhevsky 2010; MobileNet).
///
/// Output: the input's shape.
///
///     ReLU6()(Tensor([-1.0, 0, 2]))     // [0, 0, 2]
public final class ReLU6: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.relu6() } }

    static let component = Component<any Layer>("ReLU6", "min(max(0, x), 6).") { ReLU6() }
}
