// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension Operand {
    /// Where element number `element`, counted in logical row-major order, lies behind the first one.
    private func place(_ element: Int) -> Int {
        if isRowMajor { return element }
        var rest = element
        var place = 0
        for axis in (0..<shape.rank).reversed() {
            place += rest % shape[axis] * strides[axis]
            rest /= shape[axis]
        }
        return place
    }

    /// Every element in logical row-major order, as a double precision number.
    func reals() -> [Double] {
        switch dtype {
        case .float32: load { (element: Float) in Double(element) }
        case .float64: load { (element: Double) in element }
        case .float16: load { (element: Float16) in Double(element) }
        case .bfloat16: load { (element: BrainFloat) in element.value }
        case .int32: load { (element: Int32) in Double(element) }
        case .int64: load { (element: Int64) in Double(element) }
        case .uint8, .bool: load { (element: UInt8) in Double(element) }
        }
    }

    /// Every element in logical row-major order, as a 64-bit integer; real numbers lose their fraction.
    func integers() -> [Int64] {
        switch dtype {
        case .float32, .float64, .float16, .bfloat16: reals().map(Int64.init(truncating:))
        case .int32: load { (element: Int32) in Int64(element) }
        case .int64: load { (element: Int64) in element }
        case .uint8, .bool: load { (element: UInt8) in Int64(element) }
        }
    }

    /// Rounds the numbers, given in logical row-major order, to the element type and writes them.
    func write(_ numbers: [Double]) {
        switch dtype {
        case .float32: store(numbers) { Float($0) }
        case .float64: store(numbers) { $0 }
        case .float16: store(numbers) { Float16($0) }
        case .bfloat16: store(numbers) { BrainFloat(Float($0)) }
        case .int32: store(numbers) { Int32(truncatingIfNeeded: Int64(truncating: $0)) }
        case .int64: store(numbers) { Int64(truncating: $0) }
        case .uint8: store(numbers) { UInt8(truncatingIfNeeded: Int64(truncating: $0)) }
        case .bool: store(numbers) { $0 == 0 ? 0 : 1 as UInt8 }
        }
    }

    /// Converts the integers, given in logical row-major order, to the element type and writes them.
    func write(_ numbers: [Int64]) {
        switch dtype {
        case .float32: store(numbers) { Float($0) }
        case .float64: store(numbers) { Double($0) }
        case .float16: store(numbers) { Float16($0) }
        case .bfloat16: store(numbers) { BrainFloat(Float($0)) }
        case .int32: store(numbers) { Int32(truncatingIfNeeded: $0) }
        case .int64: store(numbers) { $0 }
        case .uint8: store(numbers) { UInt8(truncatingIfNeeded: $0) }
        case .bool: store(numbers) { $0 == 0 ? 0 : 1 as UInt8 }
        }
    }

    /// Copies and converts every element.
    func copy(to output: Operand) {
        if dtype.isFloatingPoint { output.write(reals()) } else { output.write(integers()) }
    }

    private func load<Element, Number>(_ widen: (Element) -> Number) -> [Number] {
        let elements = memory.assumingMemoryBound(to: Element.self)
        return (0..<shape.elementCount).map { widen(elements[place($0)]) }
    }

    private func store<Element, Number>(_ numbers: [Number], _ narrow: (Number) -> Element) {
        guard numbers.count == shape.elementCount else {
            internalFault("\(numbers.count) numbers for an operand of shape \(shape)")
        }
        let elements = memory.assumingMemoryBound(to: Element.self)
        for (element, number) in numbers.enumerated() { elements[place(element)] = narrow(number) }
    }

    private var memory: UnsafeMutableRawPointer {
        guard let address else { internalFault("the reference backend was given memory that is not the host's") }
        return address
    }
}

extension Int64 {
    /// Without the fraction; numbers beyond the range become the nearest end, and NaN becomes 0.
    init(truncating number: Double) {
        if number.isNaN {
            self = 0
        } else if number >= 0x1p63 {
            self = .max
        } else if number < -0x1p63 {
            self = .min
        } else {
            self = Int64(number)
        }
    }
}
