// SPDX-License-Identifier: Apache-2.0
import Testing

/// Who may import whom: reads as the picture of the house, from the cellar up.
private let mayImport: [String: Set<String>] = {
    let shelf: Set = ["KindlingNN", "KindlingOptim", "KindlingMetrics", "KindlingData", "KindlingIO"]
    let engine: Set = ["KindlingBackend", "KindlingEngine", "KindlingDeclarations"]
    let training = engine.union(shelf)
    let recipes = training.union(["KindlingTraining"])
    return [
        "KindlingDeclarations": [],
        "KindlingBackend": [],
        "KindlingCPU": ["KindlingBackend", "CKernels", "CBLAS", "COneDNN"],
        "KindlingOpenCL": ["KindlingBackend", "COpenCL"],
        "KindlingEngine": ["KindlingBackend", "KindlingCPU", "KindlingOpenCL"],
        "KindlingNN": engine,
        "KindlingOptim": engine,
        "KindlingMetrics": engine,
        "KindlingData": engine.union(["CZlib"]),
        "KindlingIO": engine.subtracting(["KindlingDeclarations"]).union(["CHDF5"]),
        "KindlingTraining": training,
        "KindlingRecipes": recipes.union(["CYAML"]),
        "KindlingScaffold": [],
        "KindlingTesting": recipes,
        "Kindling": recipes.union(["KindlingRecipes"]),
        "KindlingCLI": ["Kindling", "KindlingScaffold", "ArgumentParser"],
        "Programs/kindling": ["KindlingCLI"],
        "Programs/kindling-bench": ["Kindling", "ArgumentParser"],
    ]
}()

/// What comes with the toolchain, and is nobody's storey.
private let toolchain: Set<String> = ["Glibc", "Synchronization", "FoundationEssentials", "Testing", "Runtime"]

@Suite struct ArrowTests {
    @Test func everyTargetIsInThePicture() {
        let targets = Set(Repository.swiftSources.map(\.target))
        #expect(targets.subtracting(mayImport.keys).isEmpty, "no arrows are drawn for these")
        #expect(!targets.isEmpty)
    }

    @Test(arguments: Repository.swiftSources) func importsFollowTheArrows(_ source: Repository.Source) {
        let allowed = (mayImport[source.target] ?? []).union(toolchain)
        let forbidden = Set(source.imports.map(\.module)).subtracting(allowed)
        #expect(forbidden.isEmpty, "\(source.path) imports what is not below it")
    }

    @Test func backendsAreNamedInOnePlace() {
        let naming = Repository.swiftSources.filter { source in
            source.imports.contains { $0.module == "KindlingCPU" || $0.module == "KindlingOpenCL" }
        }
        #expect(naming.map(\.path) == ["Sources/KindlingEngine/Devices.swift"])
    }

    @Test(arguments: Repository.swiftSources) func cModulesStayInside(_ source: Repository.Source) {
        let seen = source.imports.filter { isC($0.module) && $0.isPublic }.map(\.module)
        #expect(seen.isEmpty, "\(source.path) shows a C module to others")
    }

    @Test func eachCModuleHasOneWrapper() {
        var wrappers: [String: Set<String>] = [:]
        for source in Repository.swiftSources {
            for (module, _) in source.imports where isC(module) { wrappers[module, default: []].insert(source.target) }
        }
        #expect(wrappers.values.allSatisfy { $0.count == 1 }, "\(wrappers)")
        #expect(wrappers.count >= 6)
    }

    @Test func onlyTheUmbrellaReExports() {
        let exporting = Repository.swiftSources.filter { $0.text.contains("@_exported") }.map(\.path)
        #expect(exporting == ["Sources/Kindling/Kindling.swift"])
    }

    private func isC(_ module: String) -> Bool {
        ["CBLAS", "COneDNN", "CHDF5", "CYAML", "COpenCL", "CZlib", "CKernels"].contains(module)
    }
}
