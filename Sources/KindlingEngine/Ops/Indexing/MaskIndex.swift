// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension IndexPlan {
    /// Each mask among indices in brackets as tensors of the indices where it is true, one for each of its axes.
    static func namingMasked(_ indices: [AxisIndex], _ shape: Shape) throws(TensorError) -> [AxisIndex] {
        func axes(_ index: AxisIndex) -> Int {
            switch index.kind {
            case .ellipsis, .newAxis: 0
            case .at, .span: 1
            case .tensor(let tensor): tensor.dtype == .bool ? tensor.rank : 1
            }
        }
        let named = indices.reduce(0) { $0 + axes($1) }
        var axis = 0
        var result: [AxisIndex] = []
        for index in indices {
            if case .tensor(let mask) = index.kind, mask.dtype == .bool {
                result += try places(mask, from: axis, in: shape)
            } else {
                result.append(index)
            }
            if case .ellipsis = index.kind { axis += Swift.max(0, shape.rank - named) }
            axis += axes(index)
        }
        return result
    }

    private static func places(_ mask: Tensor, from axis: Int, in shape: Shape) throws(TensorError) -> [AxisIndex] {
        if mask.value.isPlaceholder { return [AxisIndex(kind: .tensor(mask.converted(to: .int64)))] }
        guard mask.rank > 0, axis + mask.rank <= shape.rank,
            (0..<mask.rank).allSatisfy({ mask.shape[$0] == shape[axis + $0] })
        else {
            throw TensorError(
                .shapeMismatch, operation: "index",
                "a mask of shape \(mask.shape) does not fit shape \(shape) from axis \(axis) on",
                remedy: "its sizes must be those of the axes that it stands for")
        }
        let found = try mask.array(of: Bool.self)
        let steps = Strides(rowMajor: mask.shape)
        let numbers = found.indices.filter { found[$0] }
        return (0..<mask.rank).map { axis in
            let places = numbers.map { $0 / steps[axis] % mask.shape[axis] }
            return AxisIndex(kind: .tensor(Tensor(places, on: mask.device)))
        }
    }
}
