// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The axes of each sample in another order, as Keras' `Permute`: that of the samples stays in front.
///
///     Permute([2, 3, 1])(x)       // [64, 3, 32, 40] → [64, 32, 40, 3], channels last
public final class Permute: ParameterlessLayer {
    /// The layer.
    /// - Parameter order: Axis i + 1 of the result is axis `order[i]` of the input; every axis from 1 on, once.
    public init(_ order: [Int]) {
        super.init(mistake: LayerError.found(file: nil) { () throws(LayerError) in try Permute.check(order) }) {
            $0.permuted(order: [0] + order)
        }
    }

    private static func check(_ order: [Int]) throws(LayerError) {
        guard order.sorted() == Array(1..<order.count + 1) else {
            throw LayerError("order", order, must: "name every axis from 1 to \(order.count) once")
        }
    }

    static let component = Component<any Layer>(
        "Permute", "The axes of each sample in another order.",
        Field<[Int]>(required: "order", in: .atLeast(1), "Every axis from 1 on, once.")
    ) { order in try Permute(order).checked() }
}
