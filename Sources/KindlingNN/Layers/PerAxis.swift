// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// A whole number for every spatial axis: one for all, `3`, or one for each, `[3, 5]`.
public protocol PerAxis {
    /// One number, or as many as there are axes.
    var perAxis: [Int] { get }
}

extension Int: PerAxis {
    /// The number, for all axes.
    public var perAxis: [Int] { [self] }
}

extension Array: PerAxis where Element == Int {
    /// The numbers, outermost axis first.
    public var perAxis: [Int] { self }
}

extension OneOrMore<Int>: PerAxis {
    var perAxis: [Int] { elements }
}

extension PerAxis {
    /// The numbers, one for each axis.
    /// - Throws: `LayerError` when there are too few or too many, or one lies below `least`.
    func checked(_ parameter: String, axes: Int, least: Int) throws(LayerError) -> [Int] {
        let numbers = perAxis
        guard numbers.count == 1 || numbers.count == axes else {
            throw LayerError(parameter, numbers, must: axes == 1 ? "be one number" : "be one number or \(axes)")
        }
        for number in numbers where number < least || number > Int(Int32.max) {
            throw LayerError(parameter, number, must: "be \(least) or more and countable in 32 bits")
        }
        return numbers.count == axes ? numbers : Array(repeating: numbers[0], count: axes)
    }
}
