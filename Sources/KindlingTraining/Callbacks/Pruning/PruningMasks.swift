// SPDX-License-Identifier: Apache-2.0

/// Which elements of tensors stay when the smallest are taken away.
enum PruningMasks {
    /// A mask for each list of numbers, 1 where one stays: the share `amount` of all that is nearest to zero goes.
    ///
    /// Of equal sizes the first go first, so that the share is exact to one element.
    static func masks(of lists: [[Float]], amount: Double) -> [[Float]] {
        let count = lists.reduce(0) { $0 + $1.count }
        let gone = min(count, max(0, Int((amount * Double(count)).rounded())))
        guard gone > 0 else { return lists.map { $0.map { _ in 1 } } }
        // What is not a number is no small number: it stays.
        func size(_ value: Float) -> Float { value.isNaN ? .infinity : abs(value) }
        let threshold = lists.flatMap { $0.map(size) }.sorted()[gone - 1]
        var ties = gone - lists.reduce(0) { $0 + $1.count { size($0) < threshold } }
        return lists.map { list in
            list.map { value in
                if size(value) > threshold { return 1 }
                guard size(value) == threshold else { return 0 }
                ties -= 1
                return ties >= 0 ? 0 : 1
            }
        }
    }
}
