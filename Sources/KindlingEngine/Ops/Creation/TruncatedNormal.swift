// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend

extension Tensor {
    /// Numbers by Gauss' bell curve, given that they lie between two bounds.
    ///
    /// x = mean + σ Φ⁻¹(Φ(a) + u (Φ(b) − Φ(a))) for uniform u, where a and b are the bounds in standard deviations from
    /// the mean and Φ⁻¹ is by Wichura's PPND16 (Algorithm AS 241, 1988). Nothing is drawn again, so that element i
    /// depends on stream and i alone, on every device. Real types only. Numbers that are not finite, a deviation that
    /// is not positive, an empty range, and one of a probability below 10⁻⁹ are errors.
    ///
    ///     Tensor.truncatedNormal([64, 64], standardDeviation: 0.02, low: -0.04, high: 0.04, from: &stream)
    public static func truncatedNormal(
        _ shape: Shape, mean: Double = 0, standardDeviation: Double = 1, low: Double = -2, high: Double = 2,
        from stream: inout RandomStream, dtype: DType = .float32, on device: Device = .current
    ) -> Tensor {
        do throws(TensorError) {
            try requireFinite([mean, standardDeviation, low, high], "truncatedNormal")
            guard dtype.isFloatingPoint else {
                throw TensorError(
                    .dtypeMismatch, operation: "truncatedNormal", "\(dtype.name) is not a floating-point type",
                    remedy: "draw float32 and convert")
            }
            guard standardDeviation > 0, low < high else {
                throw TensorError(
                    .invalidValue, operation: "truncatedNormal",
                    "a standard deviation of \(standardDeviation) and bounds \(low) and \(high) give no numbers",
                    remedy: "give a positive deviation, and low < high")
            }
            // The half with the smaller probabilities is the one where they are exact.
            let (below, above) = ((low - mean) / standardDeviation, (high - mean) / standardDeviation)
            let mirrored = below + above > 0
            let first = cumulativeNormal(mirrored ? -above : below)
            let last = cumulativeNormal(mirrored ? -below : above)
            guard last - first > 1e-9 else {
                throw TensorError(
                    .invalidValue, operation: "truncatedNormal",
                    "\(low) ... \(high) holds a share of \(last - first) of the numbers by mean \(mean) and deviation "
                        + "\(standardDeviation)", remedy: "move the bounds nearer to the mean")
            }
            let computed: DType = dtype == .float64 ? .float64 : .float32
            let shares = uniform(shape, low: first, high: last, from: &stream, dtype: computed, on: device)
            let deviations = shares.elementwise(inverseCumulativeNormal)
            let factor = mirrored ? -standardDeviation : standardDeviation
            return (deviations * factor + mean).clamped(low...high).converted(to: dtype)
        } catch { return .failed(error, TensorSpec(shape: [0], dtype: dtype)) }
    }
}

/// Φ(x) = erfc(−x / √2) / 2.
private func cumulativeNormal(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

/// Φ⁻¹, good to 16 digits for shares down to e⁻²⁵; smaller ones give what e⁻²⁵ gives.
private let inverseCumulativeNormal = ElementwiseDefinition("truncatedNormal", .floating, inputs: 1) { builder in
    let share = builder.input(0)
    let centred = builder.apply(.subtract, share, builder.constant(0.5))
    let near = builder.apply(
        .subtract, builder.constant(0.180625), builder.apply(.square, centred))
    let middle = builder.apply(
        .multiply, centred, builder.quotient(near, Wichura.middleNumerator, Wichura.middleDenominator))
    let tail = builder.apply(.minimum, share, builder.apply(.subtract, builder.constant(1), share))
    let root = builder.apply(.squareRoot, builder.negate(builder.apply(.log, tail)))
    let far = builder.apply(
        .subtract, builder.apply(.minimum, root, builder.constant(5)), builder.constant(1.6))
    let outside = builder.apply(
        .multiply, builder.apply(.sign, centred),
        builder.quotient(far, Wichura.tailNumerator, Wichura.tailDenominator))
    let isNear = builder.apply(.lessOrEqual, builder.constant(0), near)
    return builder.apply(.select, isNear, middle, outside)
}

extension ProgramBuilder {
    /// One polynomial over another, by Horner; coefficients from the constant on.
    fileprivate mutating func quotient(_ x: Value, _ numerator: [Double], _ denominator: [Double]) -> Value {
        apply(.divide, polynomial(x, numerator), polynomial(x, denominator))
    }

    private mutating func polynomial(_ x: Value, _ coefficients: [Double]) -> Value {
        var value = constant(coefficients.last ?? 0)
        for coefficient in coefficients.dropLast().reversed() {
            value = apply(.multiplyAdd, value, x, constant(coefficient))
        }
        return value
    }
}

/// The coefficients of PPND16 within 0.425 of one half, and from there to e⁻²⁵.
private enum Wichura {
    static let middleNumerator = [
        3.387132872796366608, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
    ]
    static let middleDenominator = [
        1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
        3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
    ]
    static let tailNumerator = [
        1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
        1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ]
    static let tailDenominator = [
        1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
        1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ]
}
