// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingDeclarations
import KindlingRecipes
import Testing

/// Wrong recipes, each with the exact text that a person gets to see.
///
/// `NAME.yaml` is read. Lines of `NAME.arguments`, if there are any, are overrides; those that begin with `--profile ` name
/// profiles, and those that begin with `--file ` further recipes. `NAME.expected` is the text. Recipes of the folder
/// itself are read with the small vocabulary below, which changes with nothing else; those of `whole` with everything
/// that Kindling brings, and their models are built on shapes.
/// With `RECORD_CORPUS=1` in the environment the texts are written instead, to be read before they are committed.
@Suite struct CorpusTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus").path + "/"

    static let names: [String] = ["", "whole/"].flatMap { inner in
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder + inner)) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { inner + String($0.dropLast(5)) }.sorted()
    }

    @Test func theCorpusIsThere() { #expect(Self.names.count >= 150) }

    @Test(arguments: names)
    func aWrongRecipeGivesTheExpectedText(_ name: String) throws {
        let arguments = try? String(contentsOfFile: Self.folder + name + ".arguments", encoding: .utf8)
        let lines = arguments?.split(separator: "\n").map(String.init) ?? []
        var text = Self.outcome(name, lines)
        text = text.replacing(Self.folder, with: "")
        let expected = Self.folder + name + ".expected"
        if ProcessInfo.processInfo.environment["RECORD_CORPUS"] == "1" {
            try (text + "\n").write(toFile: expected, atomically: true, encoding: .utf8)
        }
        #expect(try text + "\n" == String(contentsOfFile: expected, encoding: .utf8))
    }

    private static func outcome(_ name: String, _ lines: [String]) -> String {
        func values(_ option: String) -> [String] {
            lines.filter { $0.hasPrefix(option) }.map { String($0.dropFirst(option.count)) }
        }
        let inner = name.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        let paths = [folder + name + ".yaml"] + values("--file ").map { folder + inner + $0 }
        let (profiles, overrides) = (
            values("--profile "), lines.filter { !$0.hasPrefix("--profile ") && !$0.hasPrefix("--file ") }
        )
        let environment: @Sendable (String) -> String? = { $0 == "SEED_TEXT" ? "often" : nil }
        if inner == "whole/" {
            do {
                let checked = try checkExperiment(
                    paths: paths, profiles: profiles, overrides: overrides, environment: environment)
                return checked.note ?? "nothing is wrong"
            } catch { return "\(error)" }
        }
        let loading = RecipeLoading(.files(paths), profiles: profiles, overrides, environment)
        let reader = RecipeReader()
        if let recipe = loading.recipe { Experiment.read(recipe.root, reader) }
        let error = RecipeError(problems: loading.problems + reader.problems, sources: loading.sources)
        return error.problems.isEmpty ? "nothing is wrong" : error.description
    }
}

/// A small experiment with the kinds of fields that recipes have.
enum Experiment {
    struct Part: Sendable {}

    static let optimizers = ComponentKind<Part>("optimizer") {
        [
            Component("Adam", "Adapts.", Field("learningRate", default: 1e-3, in: .positive, "Step size.")) { _ in
                Part()
            },
            Component(
                "SGD", "Descends.", Field(required: "learningRate", in: .positive, "Step size."),
                Field("momentum", default: 0.0, in: .fractionBelowOne, "Inertia."),
                Field("nesterov", default: false, "Whether to look ahead.")
            ) { (_: Double, _: Double, _: Bool) in Part() },
        ]
    }

    static let layers = ComponentKind<Part>("layer") {
        [
            Component("Linear", "Maps.", Field<Int>(required: "features", in: .atLeast(1), "Outputs.")) { _ in Part() },
            Component("ReLU", "Rectifies.") { Part() },
            Component("Tanh", "Bends.") { Part() },
        ]
    }

    static func read(_ root: DeclaredValue, _ reader: RecipeReader) {
        guard case .mapping(let entries) = root.content else { return }
        for entry in entries {
            switch entry.key {
            case "seed": _ = Int.read(entry.value, reader)
            case "name", "country": _ = String.read(entry.value, reader)
            case "optimizer": _ = optimizers.make(from: entry.value, reader)
            case "layers":
                if case .sequence(let items) = entry.value.content {
                    for item in items { _ = layers.make(from: item, reader) }
                }
            case "trainer":
                guard case .mapping(let fields) = entry.value.content else { continue }
                for field in fields {
                    switch field.key {
                    case "max_epochs": _ = Int.read(field.value, reader)
                    case "verbose": _ = Bool.read(field.value, reader)
                    default: reader.report(at: field.keyOrigin, "trainer has no '\(field.key)'")
                    }
                }
            default: reader.report(at: entry.keyOrigin, "a recipe has no '\(entry.key)'")
            }
        }
    }
}
