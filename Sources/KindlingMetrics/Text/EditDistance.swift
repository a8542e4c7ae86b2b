// SPDX-License-Identifier: Apache-2.0

/// The fewest insertions, deletions and replacements that make one sequence of another (Levenshtein 1966).
///
/// Takes time of the product of the lengths, and memory of the second.
///
///     editDistance("kitten", "sitting")      // 3
public func editDistance<Symbol: Equatable>(
    _ first: some Collection<Symbol>, _ second: some Collection<Symbol>
) -> Int {
    let second = Array(second)
    var row = Array(0...second.count)
    for (place, symbol) in first.enumerated() {
        var diagonal = row[0]
        row[0] = place + 1
        for column in second.indices {
            let replaced = diagonal + (symbol == second[column] ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(replaced, min(row[column], row[column + 1]) + 1)
        }
    }
    return row[second.count]
}
