// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// Brings features to zero mean and unit variance: (x · scale − mean) / standardDeviation, in one pass.
///
/// Mean and standard deviation hold one number for everything, or one for each index of a sample's first axis:
/// a channel of a picture, a column of a table.
///
///     Standardization(scale: 1.0 / 255, mean: [0.1307], standardDeviation: [0.3081])
public struct Standardization: Sendable, Hashable, Codable {
    /// What features are multiplied with first: 1/255 for pictures in bytes.
    public let scale: Double
    /// What is subtracted, in scaled units.
    public let mean: [Double]
    /// What is divided by, in scaled units.
    public let standardDeviation: [Double]

    /// Describes a normalisation.
    public init(scale: Double = 1, mean: [Double], standardDeviation: [Double]) {
        self.scale = scale
        self.mean = mean
        self.standardDeviation = standardDeviation
    }

    /// The normalisation that gives each column of these rows zero mean and unit variance.
    ///
    /// The variance is the mean of squared deviations (divided by n). A column in which all numbers are equal is only
    /// shifted.
    /// - Throws: `DataError` when there are no rows, or they are of different lengths.
    public init(fittedTo rows: [[Double]]) throws(DataError) {
        guard let columns = rows.first?.count, rows.allSatisfy({ $0.count == columns }) else {
            throw DataError(
                .invalidValue, "there are no rows of one length to compute a mean from",
                remedy: "leave samples in the training split")
        }
        let count = Double(rows.count)
        var mean: [Double] = [], deviation: [Double] = []
        for column in 0..<columns {
            let average = rows.reduce(0) { $0 + $1[column] } / count
            let variance = rows.reduce(0) { $0 + ($1[column] - average) * ($1[column] - average) } / count
            mean.append(average)
            // Rounding alone can leave equal numbers with a deviation, which must not be blown up to one.
            let spread = variance.squareRoot()
            deviation.append(spread > abs(average) * 1e-12 ? spread : 1)
        }
        self.init(mean: mean, standardDeviation: deviation)
    }

    /// Factor and addend of x · factor + addend, in the shape that broadcasts over samples of a shape.
    /// - Throws: `DataError` when there are neither one number nor one for each index of the first axis.
    func affine(for sample: Shape, on device: Device) throws -> (factor: Tensor, addend: Tensor) {
        let size = mean.count
        let fits = size == 1 || (sample.rank > 0 && sample[0] == size)
        guard fits, standardDeviation.count == size, scale.isFinite, mean.allSatisfy(\.isFinite),
            standardDeviation.allSatisfy({ $0.isFinite && $0 > 0 })
        else {
            throw DataError(
                .invalidValue,
                "mean \(mean) and standard deviation \(standardDeviation) do not fit samples of shape"
                    + " \(sample)",
                remedy: "give one finite number, above 0 for the deviation, or one for each index"
                    + " of a sample's first axis")
        }
        var shape = Shape.ones(rank: size == 1 ? 0 : sample.rank)
        if size > 1 { shape[0] = size }
        let factors = standardDeviation.map { Float(scale / $0) }
        let addends = zip(mean, standardDeviation).map { Float(-$0 / $1) }
        return try withTensorErrors {
            (Tensor(factors, shape: shape, on: device), Tensor(addends, shape: shape, on: device))
        }
    }
}
