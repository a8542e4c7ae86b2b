// SPDX-License-Identifier: Apache-2.0

/// The recipe key of a Swift name: `learningRate` → `learning_rate`, `useCUDA` → `use_cuda`, `RMSNorm` → `rms_norm`.
public func snakeCase(_ name: String) -> String {
    let characters = Array(name)
    var result = ""
    for (index, character) in characters.enumerated() {
        if character.isUppercase, index > 0 {
            let before = characters[index - 1]
            let startsWord = index + 1 < characters.count && characters[index + 1].isLowercase && before.isUppercase
            if before.isLowercase || before.isNumber || startsWord { result.append("_") }
        }
        result += character.lowercased()
    }
    return result
}

/// The name that a misspelt one most likely means, or nil when none is near: at most a third of its letters away,
/// by the number of insertions, deletions, replacements and swaps of neighbours (Damerau 1964).
public func nearestName(to name: String, in candidates: [String]) -> String? {
    let wanted = Array(name.lowercased())
    // Longer names than any of ours would only cost time.
    guard wanted.count <= 100 else { return nil }
    let limit = min(max(1, wanted.count / 3), wanted.count - 1)
    var best: (distance: Int, name: String)?
    for candidate in candidates {
        let letters = Array(candidate.lowercased())
        guard abs(letters.count - wanted.count) <= limit else { continue }
        let distance = editDistance(wanted, letters)
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
