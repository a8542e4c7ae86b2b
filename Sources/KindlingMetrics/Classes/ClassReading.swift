// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// How outputs and targets say classes.
enum ClassReading {
    /// Outputs as rows `[M, C]`, targets as class numbers `[M]`.
    ///
    /// Classes are along axis 1, where losses have them, or along the last axis where only that fits, unless an axis is
    /// named.
    static func rows(
        _ outputs: Tensor, _ targets: Tensor, _ operation: String, classAxis: Int? = nil
    ) throws(TensorError) -> (Tensor, Tensor) {
        guard !targets.dtype.isFloatingPoint else {
            throw TensorError(
                .dtypeMismatch, operation: operation, "classes of \(targets.dtype.name) are not whole numbers",
                remedy: "give class numbers, or convert them: converted(to: .int64)")
        }
        let candidates = classAxis.map { [$0 < 0 ? $0 + outputs.rank : $0] } ?? [1, outputs.rank - 1]
        guard let axis = candidates.first(where: { fits($0, outputs, targets) }), outputs.shape[axis] > 0
        else {
            throw TensorError(
                .shapeMismatch, operation: operation,
                "outputs of shape \(outputs.shape) do not fit targets of shape \(targets.shape)"
                    + (classAxis.map { " with classes along axis \($0)" } ?? ""),
                remedy: "give outputs [N, C] or [N, C, …] and class numbers [N] or [N, …]")
        }
        let count = outputs.shape[axis]
        let rows = outputs.movingAxis(axis, to: outputs.rank - 1).reshaped(to: [targets.elementCount, count])
        return (rows, targets.converted(to: .int64).flattened())
    }

    private static func fits(_ axis: Int, _ outputs: Tensor, _ targets: Tensor) -> Bool {
        (1..<outputs.rank).contains(axis) && outputs.shape.removing(axis: axis) == targets.shape
    }

    /// Outputs and targets of one shape as columns `[M, L]`, one for each label: axis 1, or one column.
    static func labels(_ outputs: Tensor, _ targets: Tensor) -> (Tensor, Tensor) {
        guard outputs.rank > 1 else {
            return (outputs.reshaped(to: [outputs.elementCount, 1]), targets.reshaped(to: [outputs.elementCount, 1]))
        }
        let labels = outputs.shape[1]
        let rows = outputs.shape.removing(axis: 1).elementCount
        func columns(_ tensor: Tensor) -> Tensor {
            tensor.movingAxis(1, to: tensor.rank - 1).reshaped(to: [rows, labels])
        }
        return (columns(outputs), columns(targets))
    }
}

extension Tensor {
    /// Class numbers with negative ones, which would count from the end, moved to where looking up finds nothing.
    func fromTheStart(of count: Int) -> Tensor { (self - count).selected(where: self .< 0, else: self) }

    /// How much of these weights each class number got, `[count]`.
    func counted(by weights: Tensor, classes count: Int) -> Tensor {
        Tensor.zeros([count], dtype: weights.dtype, on: device).scatterAdded(weights, at: self, along: 0)
    }
}
