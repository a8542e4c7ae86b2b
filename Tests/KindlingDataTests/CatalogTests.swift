// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingDeclarations
import Testing

@testable import KindlingData

@Suite struct CatalogTests {
    @Test func everyAdapterIsInTheCatalog() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/KindlingData/Adapters")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let aides = ["Catalog.swift", "Pictures.swift"]
        #expect(Set(files.filter { !aides.contains($0) }) == Set(DataModules.all.map { "\($0.type).swift" }))
    }

    @Test(arguments: ["Iris", "MNIST", "CIFAR10", "TinyShakespeare"]) func recipesMakeModulesByName(type: String) throws
    {
        let here = Origin(source: "test")
        let reader = RecipeReader()
        let value = DeclaredValue(.scalar(type, quoted: false), at: here)
        let module = try #require(DataModules.kind.make(from: value, reader))
        #expect(module.name == type)
        #expect(reader.problems == [])
        #expect(module.info.inputShape.isValid)
        #expect(module.info.classNames.count == ["Iris": 3, "TinyShakespeare": 0][type, default: 10])
        let component = try #require(DataModules.all.first { $0.type == type })
        #expect(component.fields.map(\.key).contains("data_dir"))
        #expect(component.fields.allSatisfy { $0.defaultText != nil })
    }

    @Test func modulesRememberTheCommandLineTheyWereMadeUnder() throws {
        let module = DataDirectories.with(commandLine: "/nowhere/at/all") { IrisDataModule() }
        #expect(mistake { _ = try module.setup() }?.path == "/nowhere/at/all")
    }
}
