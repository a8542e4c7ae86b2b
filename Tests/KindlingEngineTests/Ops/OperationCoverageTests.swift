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
}
