// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// This tensor's elements where `condition` is not zero, else `other`'s; broadcasting.
    ///
    /// The gradient flows to the elements that were taken.
    ///
    ///     let x = Tensor([-1.0, 2.0])
    ///     x.selected(where: x .> 0, else: x * 0.1)      // [-0.1, 2]
    public func selected(where condition: Tensor, else other: Tensor) -> Tensor {
        // The condition's type must not take part in the result's.
        let chosen = condition.converted(to: .bool)
        return chosen.elementwise(select, self, other)
    }
}

private let select = ElementwiseDefinition("select", .promoted, .select)
