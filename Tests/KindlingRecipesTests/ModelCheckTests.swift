// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingDeclarations
import KindlingNN
import KindlingRecipes
import Testing

/// What is found without reading data; messages are in the corpus, in the folder `whole`.
@Suite struct ModelCheckTests {
    static let gallery = SchemaTests.root.appending(path: "recipes").path

    @Test(arguments: SchemaTests.recipes)
    func theGalleryHasNoMistakes(_ name: String) throws {
        let checked = try checkExperiment(paths: ["\(Self.gallery)/\(name)"])
        // A table whose file is not there, or a header that is: either way something is said.
        #expect(checked.summary != nil || checked.note != nil)
        if name.hasPrefix("mnist") { #expect(checked.summary?.rows.isEmpty == false) }
    }

    @Test func aTableWhoseFileIsMissingIsNotHeldAgainstTheModel() throws {
        let path = NSTemporaryDirectory() + "kindling-\(UUID().uuidString).yaml"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let recipe = """
            data: {type: Table, path: there-is-no-such-file.csv, target: y}
            model: {type: MLP, in_features: 4, hidden: [8], out_features: 1}
            loss: MeanSquaredError
            """
        try recipe.write(toFile: path, atomically: true, encoding: .utf8)
        let checked = try checkExperiment(paths: [path])
        #expect(checked.summary == nil)
        #expect(
            checked.note?.hasPrefix(
                "the layers were not held against each other: the shape of Table's samples is only known from its file: "
            )
                == true)
        let known = try checkExperiment(paths: [path], overrides: ["data.features=[a, b, c, d]"])
        #expect(known.summary?.trainableParameters == 4 * 8 + 8 + 8 + 1)
        let wrong = #expect(throws: RecipeError.self) {
            try checkExperiment(paths: [path], overrides: ["data.features=[a, b]"])
        }
        #expect(wrong?.description.contains("cannot take [N, 2] from the data") == true)
    }
}
