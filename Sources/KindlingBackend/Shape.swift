// SPDX-License-Identifier: Apache-2.0

/// The sizes of a tensor along its axes, outermost first.
///
/// `[]` is a scalar's shape.
///
/// Sizes are kept in place, without an allocation, so that inferring a shape costs nothing. A shape of more than
/// ``maximumRank`` axes, or with a negative size, can be written down but not used: operations refuse it.
///
///     let images: Shape = [64, 1, 28, 28]
///     images.elementCount        // 50176
public struct Shape: Sendable {
    /// The largest number of axes a tensor can have.
    public static let maximumRank = 8

    /// The number of axes.
    public private(set) var rank: Int
    private var sizes: InlineArray<8, Int>

    /// The shape of a scalar.
    public init() {
        rank = 0
        sizes = InlineArray(repeating: 1)
    }

    /// A shape of the sizes given, outermost first.
    public init(_ dimensions: some Collection<Int>) {
        self.init()
        rank = dimensions.count
        for (axis, size) in dimensions.prefix(Shape.maximumRank).enumerated() { sizes[axis] = size }
    }

    /// A shape of `rank` axes of size one.
    public static func ones(rank: Int) -> Shape {
        var shape = Shape()
        shape.rank = rank
        return shape
    }

    /// Whether an operation can use it: at most ``maximumRank`` axes, none negative, and a size that can be addressed.
    public var isValid: Bool {
        guard rank <= Shape.maximumRank else { return false }
        var count = 1
        for axis in 0..<rank {
            guard sizes[axis] >= 0 else { return false }
            let (product, overflow) = count.multipliedReportingOverflow(by: max(1, sizes[axis]))
            guard !overflow, product <= Int.max >> 4 else { return false }
            count = product
        }
        return true
    }

    /// The size along an axis, where −1 is the last one; 0 when there is no such axis, so that what is made with it is
    /// refused by the operation that makes it.
    public subscript(axis: Int) -> Int {
        get {
            let place = axis < 0 ? axis &+ rank : axis
            return place >= 0 && place < min(rank, Shape.maximumRank) ? sizes[place] : 0
        }
        set {
            let place = axis < 0 ? axis &+ rank : axis
            // There is nothing to set.
            guard place >= 0, place < min(rank, Shape.maximumRank) else { return }
            sizes[place] = newValue
        }
    }

    /// The number of elements: the product of the sizes, 1 for a scalar.
    public var elementCount: Int {
        var count = 1
        for axis in 0..<min(rank, Shape.maximumRank) { count &*= sizes[axis] }
        return count
    }

    /// The sizes as an array.
    public var dimensions: [Int] { (0..<min(rank, Shape.maximumRank)).map { sizes[$0] } }

    /// The size of the last axis, or 1 for a scalar.
    public var last: Int { rank == 0 ? 1 : sizes[rank - 1] }

    /// The axis counted from the front that `axis` names, where −1 is the last one, or nil when there is none.
    public func axis(_ axis: Int) -> Int? {
        let resolved = axis < 0 ? axis + rank : axis
        return resolved >= 0 && resolved < rank ? resolved : nil
    }

    /// The shape with another axis at the end.
    public func appending(_ size: Int) -> Shape {
        var shape = self
        if rank < Shape.maximumRank { shape.sizes[rank] = size }
        shape.rank += 1
        return shape
    }

    /// The shape without one axis.
    public func removing(axis: Int) -> Shape {
        var shape = self
        for index in axis..<(rank - 1) { shape.sizes[index] = sizes[index + 1] }
        shape.sizes[rank - 1] = 1
        shape.rank -= 1
        return shape
    }

    /// The shape with an axis of `size` before the axis given.
    public func inserting(_ size: Int, at axis: Int) -> Shape {
        var shape = self
        shape.rank += 1
        guard shape.rank <= Shape.maximumRank else { return shape }
        var index = rank
        while index > axis {
            shape.sizes[index] = sizes[index - 1]
            index -= 1
        }
        shape.sizes[axis] = size
        return shape
    }

    /// The common shape that NumPy's broadcasting gives, or nil when the two do not fit.
    public func broadcast(with other: Shape) -> Shape? {
        if self == other { return self }
        var result = Shape.ones(rank: max(rank, other.rank))
        guard result.rank <= Shape.maximumRank else { return nil }
        for back in 1...max(1, result.rank) where back <= result.rank {
            let mine = back <= rank ? sizes[rank - back] : 1
            let theirs = back <= other.rank ? other.sizes[other.rank - back] : 1
            guard mine == theirs || mine == 1 || theirs == 1 else { return nil }
            result.sizes[result.rank - back] = mine == 1 ? theirs : mine
        }
        return result
    }
}

extension Shape: Hashable {
    /// Equal when rank and every size are.
    public static func == (left: Shape, right: Shape) -> Bool {
        guard left.rank == right.rank else { return false }
        for axis in 0..<min(left.rank, Shape.maximumRank) where left.sizes[axis] != right.sizes[axis] { return false }
        return true
    }

    /// Feeds rank and sizes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(rank)
        for axis in 0..<min(rank, Shape.maximumRank) { hasher.combine(sizes[axis]) }
    }
}

extension Shape: ExpressibleByArrayLiteral, CustomStringConvertible {
    /// `[64, 10]`.
    public init(arrayLiteral elements: Int...) { self.init(elements) }

    /// `[64, 10]`.
    public var description: String { "[\(dimensions.map(String.init).joined(separator: ", "))]" }
}
