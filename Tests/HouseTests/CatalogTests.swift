// SPDX-License-Identifier: Apache-2.0
import Testing

/// A component that is declared and not listed would be there for nobody.
@Suite struct CatalogTests {
    private static let declaration = "static let component = Component<"

    @Test(
        arguments: Repository.swiftSources.filter { $0.text.contains(declaration) && !$0.text.contains("\"a recipe\"") }
    )
    func componentsAreListed(_ source: Repository.Source) throws {
        for name in declaredTypes(in: source) {
            let listed = Repository.swiftSources.contains { other in
                other.target == source.target && other.path != source.path
                    && other.text.contains("\(name).component")
            }
            #expect(listed, "\(name) in \(source.path) is in no catalog")
        }
    }

    /// The type in whose extension or body the component stands.
    private func declaredTypes(in source: Repository.Source) -> [Substring] {
        var types: [Substring] = []
        var current: Substring?
        for line in source.lines {
            let words = line.split(whereSeparator: { " :{<".contains($0) })
            if let place = words.firstIndex(where: { ["class", "struct", "enum", "extension"].contains($0) }),
                !line.hasPrefix(" "), place + 1 < words.count
            {
                current = words[place + 1]
            }
            if line.contains(CatalogTests.declaration), !line.contains("///"), let current { types.append(current) }
        }
        return types
    }
}
