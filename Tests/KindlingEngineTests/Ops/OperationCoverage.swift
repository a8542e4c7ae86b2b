// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingEngine

/// What the operation tables cover, measured by running them: the article that the documentation shows.
struct OperationCoverage {
    /// What writes the article anew.
    static let command = "KINDLING_WRITE_COVERAGE=1 swift test --filter OperationCoverageTests"

    /// One line of the table.
    private struct Line {
        let operation: String
        let rows: [OpCase]

        /// Whether every row runs in a type, none does, or some.
        func mark(_ dtype: DType) throws -> String {
            let running = try rows.filter { try runs($0, dtype) }.count
            return running == rows.count ? "yes" : running == 0 ? "–" : "some"
        }

        private func runs(_ row: OpCase, _ dtype: DType) throws -> Bool {
            guard let fixture = OperationFixture.all[row.description] else { throw CocoaError(.coderValueNotFound) }
            do {
                // Whoever reads the elements has seen the operation run, not only its shape rule.
                _ = try withTensorErrors { row.apply(try row.inputs(fixture, in: dtype)) }.array(of: Double.self)
                return true
            } catch is TensorError { return false }
        }

        var gradient: String {
            rows.contains { $0.smoothness != .none && OperationFixture.all[$0.description]?.gradients != nil }
                ? "yes" : "–"
        }

        var secondOrder: String { rows.contains { $0.smoothness == .smooth } ? "yes" : "–" }

        func text() throws -> String {
            let marks = try DType.allCases.map(mark)
            let name = operation.replacing("|", with: "\\|")
            return "| `\(name)` | \(rows.count) | \(marks.joined(separator: " | ")) | \(gradient) | \(secondOrder) |"
        }
    }

    /// The article as it should be.
    static func article() throws -> String {
        let lines = Dictionary(grouping: OpCase.all, by: \.operation).map(Line.init).sorted {
            $0.operation < $1.operation
        }
        let heads = ["Operation", "Rows"] + DType.allCases.map(\.name) + ["Gradient", "Second order"]
        return """
            # Operation coverage

            Which operations run in which element types, and how often they can be differentiated.

            ## Overview

            The engine's tests hold \(OpCase.all.count) rows, each an operation with its parameters and shapes; here they are
            grouped into \(lines.count) operations, under the names that the rows have. *yes* under a type means that
            every row of the operation ran on inputs of that type, *some* that some rows did, and *–* that each was refused
            with a `TensorError`. The value of every row agrees with PyTorch's in float64 within 10⁻⁹ and in float32 within
            5 · 10⁻⁶, on the CPU and, in float64, on a second, naive implementation; bfloat16 and float16 are compared with
            float64 for the rows that have a gradient, within 4 roundings of the type (8 for gradients) unless the table in
            `ReducedPrecision.swift` names an exception. Integer types are only run.

            *Gradient* means that a row's gradient agrees with PyTorch's within 10⁻⁸; *Second order*, that the gradient of
            the gradient agrees with differences of the gradient.

            This page is written by a test, which fails when the page and the engine differ. To write it anew:

            ```
            \(command)
            ```

            ## The table

            | \(heads.joined(separator: " | ")) |
            |\(heads.map { _ in " --- |" }.joined())
            \(try lines.map { try $0.text() }.joined(separator: "\n"))

            """
    }

    /// The committed article.
    static func file(from source: String = #filePath) -> URL {
        var root = URL(fileURLWithPath: source)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root.appendingPathComponent("Sources/Kindling/Kindling.docc/OperationCoverage.md")
    }
}
