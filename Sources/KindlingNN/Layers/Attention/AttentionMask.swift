// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// What a mask and padded keys forbid together, in a form that broadcasts to `[N, H, T, S]`; nil for nothing.
func attentionMask(
    _ mask: Tensor?, _ keyPaddingMask: Tensor?, _ queries: Tensor, _ keys: Tensor
) throws(TensorError) -> Tensor? {
    let (batch, length, keyCount) = (queries.shape[0], queries.shape[1], keys.shape[1])
    var seen = mask
    if let mask, mask.rank == 3 {
        guard mask.shape == [batch, length, keyCount] else {
            throw TensorError(
                .shapeMismatch, operation: "MultiHeadAttention", "a mask of shape \(mask.shape) does not fit",
                remedy: "give [T, S], [N, T, S] or [N, H, T, S], here [\(length), \(keyCount)] and so on")
        }
        seen = mask.insertingAxis(at: 1)
    }
    guard let keyPaddingMask, !keyPaddingMask.isPlaceholder else { return seen }
    guard keyPaddingMask.shape == [batch, keyCount], keyPaddingMask.dtype == .bool else {
        throw TensorError(
            .shapeMismatch, operation: "MultiHeadAttention", "a keyPaddingMask \(keyPaddingMask.spec) does not fit",
            remedy: "give bool [\(batch), \(keyCount)], true where a key is padding")
    }
    let padding = keyPaddingMask.reshaped(to: [batch, 1, 1, keyCount])
    guard let seen else { return .!padding }
    guard seen.dtype == .bool else {
        let addend = Tensor.zeros(padding.shape, dtype: seen.dtype, on: seen.device)
        return seen + addend.maskedFilled(where: padding, with: -.infinity)
    }
    return seen .& .!padding
}
