// SPDX-License-Identifier: Apache-2.0

/// The recipe key of a Swift name: `learningRate` → `learning_rate`, `useCUDA` → `use_cuda`.
public func snakeCase(_ name: String) -> String {
    var result = ""
    var previousWasLower = false
    for character in name {
        if character.isUppercase, previousWasLower { result.append("_") }
        result += character.lowercased()
        previousWasLower = character.isLowercase || character.isNumber
    }
    return result
}

/// The name that a misspelt one most likely means, or nil when none is near: at most a third of its letters away,
/// by the number of insertions, deletions, replacements and swaps of neighbours (Damerau 1964).
public func nearestName(to name: String, in candidates: [String]) -> String? {
    let wanted = Array(name.lowercased())
    let limit = max(1, wanted.count / 3)
    var best: (distance: Int, name: String)?
    for candidate in candidates {
        let distance = editDistance(wanted, Array(candidate.lowercased()))
        if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.name
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
        var current = [i] + [Int](repeating: 0, count: b.count)
        for j in 1...b.count {
            let cost = a[i - 1] == b[j - 1] ? 0 : 1
            current[j] = min(last[j] + 1, current[j - 1] + 1, last[j - 1] + cost)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                current[j] = min(current[j], beforeLast[j - 2] + 1)
            }
        }
        beforeLast = last
        last = current
    }
    return last[b.count]
}
