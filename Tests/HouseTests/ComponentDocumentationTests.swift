// SPDX-License-Identifier: Apache-2.0
import Testing

/// Layers, models, losses, optimizers, schedules and metrics say what they compute and how they are used.
@Suite struct ComponentDocumentationTests {
    private static let kinds = ["any Layer", "any Loss", "any OptimizerRule", "any LearningRateSchedule", "any Metric"]
    static let sources = Repository.swiftSources.filter { source in
        kinds.contains { source.text.contains("static let component = Component<\($0)>(") }
    }

    @Test func thereAreComponents() { #expect(ComponentDocumentationTests.sources.count > 150) }

    @Test(arguments: sources) func aComponentHasAFormulaOrShapesAndAnExample(_ source: Repository.Source) throws {
        let documentation = try #require(typeDocumentation(in: source), "\(source.path) documents no public type")
        #expect(documentation.contains { $0.hasPrefix("///     ") }, "\(source.path) has no example")
        let text = documentation.joined(separator: " ")
        let isExact = text.contains { "=←·/≤Σ√‖⌊→".contains($0) } || text.contains("`[")
        #expect(isExact, "\(source.path) has neither formula nor shapes")
    }

    /// The comment before the first public type.
    private func typeDocumentation(in source: Repository.Source) -> [Substring]? {
        var comment: [Substring] = []
        for line in source.lines {
            if line.hasPrefix("///") {
                comment.append(line)
            } else if line.hasPrefix("public final class") || line.hasPrefix("public struct") {
                if !comment.isEmpty { return comment }
            } else if !line.hasPrefix("@") {
                comment = []
            }
        }
        return nil
    }
}
