// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The documentation's table of operations, against what the tables of rows find.
@Suite struct OperationCoverageTests {
    @Test func articleSaysWhatWasMeasured() throws {
        let measured = try OperationCoverage.article()
        if ProcessInfo.processInfo.environment["KINDLING_WRITE_COVERAGE"] == "1" {
            try measured.write(to: OperationCoverage.file(), atomically: true, encoding: .utf8)
            return
        }
        let committed = try String(contentsOf: OperationCoverage.file(), encoding: .utf8)
        let (new, old) = (measured.split(separator: "\n"), committed.split(separator: "\n"))
        let differing = new.filter { !old.contains($0) }.prefix(5).joined(separator: "\n")
        // A comparison inside the macro would print both pages.
        let current = measured == committed
        #expect(
            current,
            "OperationCoverage.md is out of date; write it anew with: \(OperationCoverage.command)\n\(differing)")
    }

    @Test func everyOperationHasFiveRows() {
        let counts = Dictionary(grouping: OpCase.all, by: \.operation).mapValues(\.count)
        #expect(counts.filter { $0.value < 5 } == [:])
    }

    /// Operations whose inputs cannot have the sizes that all others are tried with, and why.
    private static let sizeExceptions: [String: String] = [
        "arange": "makes numbers of parameters, takes none", "linspace": "makes numbers of parameters, takes none",
        "eye": "makes numbers of parameters, takes none", "cross": "takes three numbers along an axis",
        "glu": "halves an axis", "rotary": "turns pairs of features",
        "ctcLoss": "needs a step, a class and a sample; lengths within one shape are what differs",
    ]

    @Test func everyOperationIsTriedWithFiveShapesOfWhichOneIsEmptyAndOneIsASingleElement() throws {
        var missing: [String: String] = [:]
        for (operation, rows) in Dictionary(grouping: OpCase.all, by: \.operation) {
            let shapes = try rows.map { row in
                try #require(OperationFixture.all[row.description]).inputs.map(\.shape)
            }
            let counts = Set(shapes.flatMap(\.self).map { $0.reduce(1, *) })
            var wanting: [String] = []
            if Set(shapes).count < 5 { wanting.append("\(Set(shapes).count) shapes") }
            if !counts.contains(0) { wanting.append("none empty") }
            if !counts.contains(1) { wanting.append("none of one element") }
            if !wanting.isEmpty { missing[operation] = wanting.joined(separator: ", ") }
        }
        #expect(missing.filter { Self.sizeExceptions[$0.key] == nil } == [:])
        #expect(Set(Self.sizeExceptions.keys).subtracting(missing.keys) == [], "exceptions that are none")
    }
}
