// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// What can stand in a tensor's brackets: a number, a range, another tensor, `.all`, `.ellipsis`, `.newAxis`.
///
///     x[0]                        // the first slice; its axis goes away
///     x[-1]                       // the last one
///     x[1..., ..<3]               // rows from 1 on, the first three columns
///     x[.ellipsis, 0]             // index 0 of the last axis
///     x[.all, .newAxis]           // [2, 3] → [2, 1, 3]
///     x[.every(-1)]               // the rows in reverse order
///     x[.all, indices]            // the columns that a tensor of whole numbers names
///     x[mask]                     // the elements where a tensor of truth values is true
public protocol TensorIndex: Sendable {
    /// What it says of one axis.
    var axisIndex: AxisIndex { get }
}

/// What an index says of one axis.
public struct AxisIndex: TensorIndex {
    enum Kind: Sendable {
        case at(Int)
        case span(from: Int?, to: Int?, step: Int)
        case tensor(Tensor)
        case ellipsis, newAxis
    }

    let kind: Kind
    /// Itself.
    public var axisIndex: AxisIndex { self }
}

extension TensorIndex where Self == AxisIndex {
    /// The whole axis.
    public static var all: AxisIndex { AxisIndex(kind: .span(from: nil, to: nil, step: 1)) }
    /// As many whole axes as are left; at most once.
    public static var ellipsis: AxisIndex { AxisIndex(kind: .ellipsis) }
    /// An axis of size 1 more.
    public static var newAxis: AxisIndex { AxisIndex(kind: .newAxis) }

    /// Every `step`-th index from one up to, without, another; negative bounds count from the end.
    ///
    /// A negative step goes from the end to the front. Bounds left out are the axis' own.
    ///
    ///     Tensor([0.0, 1.0, 2.0, 3.0])[.every(2)]      // [0, 2]
    public static func every(_ step: Int, from start: Int? = nil, to end: Int? = nil) -> AxisIndex {
        AxisIndex(kind: .span(from: start, to: end, step: step))
    }
}

extension Int: TensorIndex {
    /// One index, from the end when it is negative; its axis goes away.
    public var axisIndex: AxisIndex { AxisIndex(kind: .at(self)) }
}

extension Range: TensorIndex where Bound == Int {
    /// A stretch; negative bounds count from the end.
    public var axisIndex: AxisIndex { AxisIndex(kind: .span(from: lowerBound, to: upperBound, step: 1)) }
}

extension ClosedRange: TensorIndex where Bound == Int {
    /// A stretch with its upper bound; negative bounds count from the end.
    public var axisIndex: AxisIndex { AxisIndex(kind: .span(from: lowerBound, to: after(upperBound), step: 1)) }
}

extension PartialRangeFrom: TensorIndex where Bound == Int {
    /// All from an index on; negative ones count from the end.
    public var axisIndex: AxisIndex { AxisIndex(kind: .span(from: lowerBound, to: nil, step: 1)) }
}

extension PartialRangeUpTo: TensorIndex where Bound == Int {
    /// All before an index; negative ones count from the end.
    public var axisIndex: AxisIndex { AxisIndex(kind: .span(from: nil, to: upperBound, step: 1)) }
}

extension PartialRangeThrough: TensorIndex where Bound == Int {
    /// All up to an index and itself; negative ones count from the end.
    public var axisIndex: AxisIndex { AxisIndex(kind: .span(from: nil, to: after(upperBound), step: 1)) }
}

extension Tensor: TensorIndex {
    /// The indices that it holds.
    public var axisIndex: AxisIndex { AxisIndex(kind: .tensor(self)) }
}

/// The bound behind a last index: after −1, the axis' end.
///
/// The largest number stays, being outside every axis already.
private func after(_ last: Int) -> Int? { last == -1 ? nil : last == .max ? .max : last + 1 }
