// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// An example in a layer's documentation that says what comes out: `ReLU()(Tensor([-1.0, 0, 2]))     // [0, 0, 2]`.
struct DocumentedExample: Sendable, CustomStringConvertible {
    let layer: String
    let input: [Double]
    let output: [Double]
    var description: String { layer }

    /// Reads a line of documentation; nil when it is no such example.
    init?(_ line: Substring) {
        guard line.hasPrefix("///     "), let call = line.firstRange(of: "()(Tensor(["),
            let end = line.firstRange(of: "]))"), let result = line.firstRange(of: "// ["), line.last == "]"
        else { return nil }
        func numbers(_ text: Substring) -> [Double] {
            text.split(separator: ",").compactMap { Double($0.filter { $0 != " " }) }
        }
        layer = String(line[..<call.lowerBound].dropFirst(8))
        input = numbers(line[call.upperBound..<end.lowerBound])
        output = numbers(line[result.upperBound...].dropLast())
    }

    /// Those of all layers.
    static let all: [DocumentedExample] = {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let folder = "\(root)/Sources/KindlingNN/Layers"
        // Without the folder there are no examples, which the test of their number tells.
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().flatMap { path -> [DocumentedExample] in
            let text = FileManager.default.contents(atPath: "\(folder)/\(path)").map {
                String(decoding: $0, as: UTF8.self)
            }
            return (text ?? "").split(separator: "\n").compactMap { DocumentedExample($0) }
        }
    }()
}

/// What the documentation of layers says they give is what they give.
@Suite struct DocumentedExampleTests {
    @Test func thereAreExamples() { #expect(DocumentedExample.all.count >= 30) }

    @Test(arguments: DocumentedExample.all) func documentedResultsAreTheLayers(_ example: DocumentedExample) throws {
        let layer = try layerFromRecipe(example.layer).get()
        let found = try withTensorErrors { layer(Tensor(example.input, dtype: .float64)) }.array(of: Double.self)
        #expect(found.count == example.output.count)
        for (value, documented) in zip(found, example.output) { #expect(abs(value - documented) <= 5.1e-5) }
    }
}
