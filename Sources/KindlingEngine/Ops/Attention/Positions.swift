// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend

extension Tensor {
    /// Sines and cosines that tell positions apart: `[count, width]` (Vaswani and others 2017, 3.5).
    ///
    /// Column 2 i of row p is sin(p / base^(2 i / width)), column 2 i + 1 the cosine of the same; an odd width ends
    /// with a sine. Refuses negative sizes, more than 2²⁸ numbers, integer types and a base that is not positive.
    ///
    ///     let y = x + .sinusoidalPositions(count: 128, width: 64)
    /// - Parameters:
    ///   - count: How many positions, from 0.
    ///   - width: How many numbers for each.
    ///   - base: By which frequencies fall.
    ///   - dtype: The result's type.
    ///   - device: Where the result lies.
    public static func sinusoidalPositions(
        count: Int, width: Int, base: Double = 10_000, dtype: DType = .float32, on device: Device = .current
    ) -> Tensor {
        let empty = TensorSpec(shape: [], dtype: dtype)
        let (numbers, overflow) = count.multipliedReportingOverflow(by: width)
        guard count >= 0, width >= 0, !overflow, Swift.max(numbers, count, width) <= 1 << 28 else {
            return .failed(
                TensorError(
                    .invalidValue, operation: "sinusoidalPositions", "there is no table of [\(count), \(width)]",
                    remedy: "use sizes of 0 or more, and fewer numbers"), empty)
        }
        guard dtype.isFloatingPoint, base > 0, base.isFinite else {
            return .failed(
                TensorError(
                    dtype.isFloatingPoint ? .invalidValue : .dtypeMismatch, operation: "sinusoidalPositions",
                    dtype.isFloatingPoint
                        ? "a base of \(base) is not a positive number" : "\(dtype.name) is not a floating-point type"),
                empty)
        }
        var values: [Double] = []
        values.reserveCapacity(numbers)
        let steps = frequencies(width: width, base: base)
        for position in 0..<count {
            for column in 0..<width {
                let angle = Double(position) * steps[column / 2]
                values.append(column % 2 == 0 ? Glibc.sin(angle) : Glibc.cos(angle))
            }
        }
        return .rounded(values, shape: [count, width], dtype, device)
    }
}

extension Tensor {
    /// Pairs of numbers turned by an angle that grows with the position (Su and others 2021): `[…, T, E]` → the same.
    ///
    /// Pair i of position p is turned by p · base^(−2 i / E), so that products of queries and keys depend on distances
    /// alone. float16 and bfloat16 are computed on in float32. Refuses integers, an odd width, positions that do not
    /// fit, and a base that is not positive.
    ///
    ///     let (q, k) = (query.rotary(), key.rotary())        // [N, H, T, E] each
    /// - Parameters:
    ///   - positions: Numbers that broadcast to the axes before the last, such as `[T]`; 0 ..< T when nil.
    ///   - base: By which frequencies fall.
    ///   - interleaved: Whether pair i is the elements 2 i and 2 i + 1, as in the paper; else i and i + E / 2, as in
    ///     most published weights.
    public func rotary(positions: Tensor? = nil, base: Double = 10_000, interleaved: Bool = false) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            try checkRotary(positions, base)
            let (x, half) = (converted(to: statisticsType), shape.last / 2)
            let places = positions ?? .indices(shape[rank - 2], on: device)
            let steps = Tensor.rounded(frequencies(width: shape.last, base: base), shape: [half], x.dtype, device)
            let angles = places.converted(to: x.dtype).insertingAxis(at: -1) * steps
            let (cosines, sines) = (angles.cos(), angles.sin())
            let pairs = interleaved ? x.reshaped(to: Shape(shape.dimensions.dropLast() + [half, 2])) : x
            func part(_ index: Int) -> Tensor {
                interleaved
                    ? pairs.sliced(index..<index + 1, along: -1).reshaped(to: halved)
                    : pairs.sliced(index * half..<(index + 1) * half, along: -1)
            }
            let (first, second) = (part(0), part(1))
            let turned = [first * cosines - second * sines, second * cosines + first * sines]
            let joined: Tensor =
                interleaved
                ? .stacked(turned, along: -1).reshaped(to: shape) : .concatenated(turned, along: -1)
            return joined.converted(to: dtype)
        } catch { return .failed(error, spec) }
    }

    private var halved: Shape {
        var result = shape
        result[rank - 1] = shape.last / 2
        return result
    }

    private func checkRotary(_ positions: Tensor?, _ base: Double) throws(TensorError) {
        guard dtype.isFloatingPoint else {
            throw TensorError(
                .dtypeMismatch, operation: "rotary", "\(dtype.name) is not a floating-point type",
                remedy: "convert it: converted(to: .float32)")
        }
        guard rank >= 2, shape.last % 2 == 0 else {
            throw TensorError(
                .shapeMismatch, operation: "rotary", "shape \(shape) does not fall into positions and pairs",
                remedy: "give […, positions, width] with an even width")
        }
        // The frequencies are listed on the host.
        guard shape.last <= 1 << 28 else {
            throw TensorError(
                .shapeMismatch, operation: "rotary", "a width of \(shape.last) is more than 2²⁸",
                remedy: "give narrower positions")
        }
        let leading = shape.removing(axis: rank - 1)
        if let positions, positions.shape.broadcast(with: leading) != leading {
            throw TensorError(
                .shapeMismatch, operation: "rotary",
                "positions of shape \(positions.shape) cannot be repeated to fill \(leading)",
                remedy: "give one for each place along the last axis but one")
        }
        guard base > 0, base.isFinite else {
            throw TensorError(.invalidValue, operation: "rotary", "a base of \(base) is not a positive number")
        }
    }
}

/// base^(−2 i / width) for each pair i, the last of which may lack its second number.
private func frequencies(width: Int, base: Double) -> [Double] {
    (0..<(width + 1) / 2).map { pow(base, -2 * Double($0) / Double(width)) }
}
