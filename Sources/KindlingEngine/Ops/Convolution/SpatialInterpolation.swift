// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// How numbers between those of a picture are found.
public enum InterpolationMode: Sendable, Hashable {
    /// The element at or before the place.
    case nearest
    /// The two nearest along each axis, by their distance: linear, bilinear, trilinear.
    case linear
    /// The four nearest along each axis, by Keys' polynomial (1981) with a = −0.75.
    case cubic
}

extension Tensor {
    /// Pictures in another size, by interpolation: `[N, C, spatial…]` → `[N, C, size…]`, as PyTorch's `interpolate`.
    ///
    /// Element i of m along an axis of n lies at (i + ½) · n / m − ½, with `alignCorners` at i · (n − 1) / (m − 1);
    /// `nearest` takes ⌊i · n / m⌋. Every mode works on 1 to 3 spatial axes. Refuses integers, inputs without spatial
    /// axes or elements along them, sizes below 1, and `alignCorners` with `nearest`.
    ///
    ///     let y = x.interpolated(to: [224], mode: .linear)       // [N, C, H, W] → [N, C, 224, 224]
    /// - Parameters:
    ///   - size: One number for all spatial axes or one for each.
    ///   - mode: How numbers in between are found.
    ///   - alignCorners: Whether the centres of the corners stay in the corners.
    public func interpolated(to size: [Int], mode: InterpolationMode, alignCorners: Bool = false) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            try checkInterpolation(mode, alignCorners)
            return resampled(try spatialSizes(size, operation), mode, alignCorners) { count, whole in
                (Double(whole), Double(count))
            }
        } catch { return .failed(error, spec) }
    }

    /// Pictures enlarged or made smaller by factors: an axis of n elements becomes one of ⌊n · scale⌋.
    ///
    /// Places and refusals are those of ``interpolated(to:mode:alignCorners:)``, with 1 / scale for n / m.
    ///
    ///     let y = x.interpolated(scale: [2], mode: .nearest)     // twice as wide and high
    /// - Parameters:
    ///   - scale: Positive, one number for all spatial axes or one for each.
    ///   - mode: How numbers in between are found.
    ///   - alignCorners: Whether the centres of the corners stay in the corners.
    public func interpolated(scale: [Double], mode: InterpolationMode, alignCorners: Bool = false) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            try checkInterpolation(mode, alignCorners)
            let spatial = rank - 2
            guard scale.count == 1 || scale.count == spatial, scale.allSatisfy({ $0 > 0 && $0 < 1e6 }) else {
                throw TensorError(
                    .invalidValue, operation: operation, "a scale of \(scale) does not fit \(spatial) spatial axes",
                    remedy: "give one positive number, or \(spatial)")
            }
            let factors = scale.count == 1 ? Array(repeating: scale[0], count: spatial) : scale
            let sizes = (0..<spatial).map { Int(Swift.min(Double(shape[$0 + 2]) * factors[$0], 1e15)) }
            var left = factors[...]
            return resampled(try spatialSizes(sizes, operation), mode, alignCorners) { _, _ in (1, left.removeFirst()) }
        } catch { return .failed(error, spec) }
    }

    private func checkInterpolation(_ mode: InterpolationMode, _ alignCorners: Bool) throws(TensorError) {
        try checkSpatial(operation)
        guard mode != .nearest || !alignCorners else {
            throw TensorError(
                .invalidValue, operation: operation, "corners cannot be aligned in mode nearest",
                remedy: "use mode linear or cubic, or leave alignCorners out")
        }
    }

    /// One axis after the other; each element is a weighted sum of elements picked along the axis.
    private func resampled(
        _ sizes: [Int], _ mode: InterpolationMode, _ alignCorners: Bool, _ ratio: (Int, Int) -> (Double, Double)
    ) -> Tensor {
        var result = converted(to: statisticsType)
        for (place, count) in sizes.enumerated() {
            let (axis, whole) = (place + 2, shape[place + 2])
            let (above, below) = ratio(count, whole)
            let distance = above / below
            if count == whole, distance == 1 || alignCorners { continue }  // every element lies where one was
            let taps = (0..<count).map { index -> [(place: Int, weight: Double)] in
                let centre =
                    alignCorners
                    ? (count > 1 ? Double(index) * Double(whole - 1) / Double(count - 1) : 0)
                    : (Double(index) + 0.5) * distance - 0.5
                return mode.taps(centre, nearest: Double(index) * above / below, within: whole)
            }
            result = result.weighted(taps, along: axis)
        }
        return result.converted(to: dtype)
    }

    private func weighted(_ taps: [[(place: Int, weight: Double)]], along axis: Int) -> Tensor {
        let rows = transposed(0, axis).contiguous()
        var factors = Shape.ones(rank: rank)
        factors[0] = taps.count
        var sum: Tensor?
        for tap in 0..<(taps.first?.count ?? 0) {
            let picked = rows.gathered(at: Tensor(taps.map { $0[tap].place }, on: device))
            guard taps[0].count > 1 else { return picked.transposed(0, axis) }
            let weights =
                dtype == .float64
                ? Tensor(taps.map { $0[tap].weight }, shape: factors, on: device)
                : Tensor(taps.map { Float($0[tap].weight) }, shape: factors, on: device)
            sum = sum.map { picked.multiplied(by: weights, adding: $0) } ?? picked * weights
        }
        return (sum ?? rows).transposed(0, axis)
    }
}

extension InterpolationMode {
    /// The elements that a number at a place is made of, and their shares.
    fileprivate func taps(_ centre: Double, nearest: Double, within count: Int) -> [(place: Int, weight: Double)] {
        func inside(_ place: Double) -> Int { Int(Swift.min(Swift.max(place, 0), Double(count - 1))) }
        switch self {
        case .nearest: return [(inside(nearest.rounded(.down)), 1)]
        case .linear:
            let place = Swift.max(centre, 0)
            let low = place.rounded(.down)
            return [(inside(low), 1 - (place - low)), (inside(low + 1), place - low)]
        case .cubic:
            let low = centre.rounded(.down)
            return (-1...2).map { (inside(low + Double($0)), keys(abs(centre - low - Double($0)))) }
        }
    }

    /// Keys' kernel at a distance of 0 to 2.
    private func keys(_ x: Double) -> Double {
        let a = -0.75
        return x <= 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : ((a * x - 5 * a) * x + 8 * a) * x - 4 * a
    }
}

private let operation = "interpolated"
