// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

/// Draws shapes, elements and memory layouts: the same ones from the same seed.
struct RandomLayout {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A number of a range, by SplitMix64 (Steele, Lea and Flood 2014).
    mutating func number(_ range: Range<Int>) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return range.lowerBound + Int(mixed >> 1) % range.count
    }

    mutating func chance(_ oneIn: Int) -> Bool { number(0..<oneIn) == 0 }

    /// Sizes of 1 … 5, at times 1 by intent or 0.
    mutating func size(empty: Bool = true) -> Int {
        if empty && chance(12) { return 0 }
        return chance(5) ? 1 : number(1..<6)
    }

    mutating func sizes(ranks: Range<Int> = 0..<5, empty: Bool = true) -> [Int] {
        (0..<number(ranks)).map { _ in size(empty: empty) }
    }

    /// A shape that broadcasts with another: some of its sizes, some of them 1, of another rank.
    mutating func broadcasting(with sizes: [Int]) -> [Int] {
        let kept = sizes.dropFirst(number(0..<sizes.count + 1))
        let stretched = kept.map { chance(3) ? 1 : $0 }
        return stretched.count == sizes.count && sizes.count < 4 && chance(4) ? [size()] + stretched : stretched
    }

    /// A tensor of a shape whose elements lie in memory in one of five ways: the same elements whichever it is.
    ///
    /// Elements are multiples of 1/64 within ±2, exact in every floating-point type, or small whole numbers.
    mutating func tensor(_ sizes: [Int], _ dtype: DType) -> Tensor {
        func filled(_ sizes: [Int]) -> Tensor {
            let count = sizes.reduce(1, *)
            let elements = (0..<count).map { _ in Double(number(-128..<129)) / (dtype.isFloatingPoint ? 64 : 48) }
            return Tensor(elements, shape: Shape(sizes)).converted(to: dtype)
        }
        let rank = sizes.count
        guard rank > 0 else { return filled([]) }
        switch number(0..<5) {
        case 0:
            let first = number(0..<rank)
            let second = number(0..<rank)
            if first == second { return filled(sizes) }
            var turned = sizes
            turned.swapAt(first, second)
            return filled(turned).transposed(first, second)
        case 1:
            let axis = number(0..<rank)
            let before = number(0..<3)
            var larger = sizes
            larger[axis] += before + number(0..<3)
            return filled(larger).sliced(before..<before + sizes[axis], along: axis)
        case 2:
            let axis = number(0..<rank)
            var single = sizes
            single[axis] = 1
            return filled(single).expanded(to: Shape(sizes))
        case 3: return filled([sizes.reduce(1, *)]).reshaped(to: Shape(sizes))
        default: return filled(sizes)
        }
    }
}
