// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A C library that Debian ships, under the module name that its one wrapping target imports.
func system(_ name: String, pkgConfig: String? = nil, apt package: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

/// A Kindling target and what it stands on.
///
/// Rows read from the cellar up: nothing names a row below it in this file.
func storey(_ name: String, on needs: Target.Dependency...) -> Target {
    .target(name: name, dependencies: needs, swiftSettings: settings)
}

/// A program: its verbs are in storeys, it only starts them.
func program(_ name: String, in folder: String, on needs: Target.Dependency...) -> Target {
    .executableTarget(name: name, dependencies: needs, path: "Sources/Programs/\(folder)", swiftSettings: settings)
}

/// The tests of one target, in a folder of the same name.
func tests(of name: String, without excluded: [String] = [], on needs: Target.Dependency...) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.target(name: name)] + needs, exclude: excluded, resources: [],
        swiftSettings: settings)
}

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// What the Engine's values are made of: every storey that handles tensors may name them.
let vocabulary = Target.Dependency.target(name: "KindlingBackend")

let package = Package(
    name: "Kindling",
    products: [
        .library(name: "Kindling", targets: ["Kindling"]),
        .library(name: "KindlingCLI", targets: ["KindlingCLI"]),
        .library(name: "KindlingTesting", targets: ["KindlingTesting"]),
        .executable(name: "kindling", targets: ["KindlingProgram"]),
        .executable(name: "kindling-bench", targets: ["KindlingBench"]),
    ],
    traits: [
        .trait(name: "OpenCL", description: "GPU kernels through OpenCL."),
        .default(enabledTraits: ["OpenCL"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0")
    ],
    targets: [
        // 0: the ground
        system("CBLAS", pkgConfig: "openblas", apt: "libopenblas-dev"),
        system("COneDNN", apt: "libdnnl-dev"),
        system("CHDF5", pkgConfig: "hdf5", apt: "libhdf5-dev"),
        system("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
        system("COpenCL", pkgConfig: "OpenCL", apt: "ocl-icd-opencl-dev"),
        system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        .target(name: "CKernels"),
        storey("KindlingDeclarations"),
        // 1: the contract
        storey("KindlingBackend"),
        // 2: the backends
        storey("KindlingCPU", on: vocabulary, "CKernels", "CBLAS", "COneDNN"),
        storey("KindlingOpenCL", on: vocabulary, "COpenCL"),
        // 3: the engine
        storey(
            "KindlingEngine", on: vocabulary, "KindlingCPU",
            .target(name: "KindlingOpenCL", condition: .when(traits: ["OpenCL"]))),
        // 4: the shelf
        storey("KindlingNN", on: vocabulary, "KindlingEngine", "KindlingDeclarations"),
        storey("KindlingOptim", on: vocabulary, "KindlingEngine", "KindlingDeclarations"),
        storey("KindlingMetrics", on: vocabulary, "KindlingEngine", "KindlingDeclarations"),
        storey("KindlingData", on: vocabulary, "KindlingEngine", "KindlingDeclarations", "CZlib"),
        storey("KindlingIO", on: vocabulary, "KindlingEngine", "CHDF5"),
        // 5: training
        storey(
            "KindlingTraining", on: vocabulary, "KindlingEngine", "KindlingDeclarations", "KindlingNN",
            "KindlingOptim", "KindlingMetrics", "KindlingData", "KindlingIO"),
        // 6: what people say it with
        storey(
            "KindlingRecipes", on: "KindlingDeclarations", "KindlingBackend", "KindlingEngine", "KindlingNN",
            "KindlingOptim", "KindlingMetrics", "KindlingData", "KindlingTraining", "CYAML"),
        storey("KindlingScaffold"),
        storey(
            "KindlingTesting", on: vocabulary, "KindlingEngine", "KindlingNN", "KindlingOptim", "KindlingTraining"),
        // 7: what users import
        storey(
            "Kindling", on: vocabulary, "KindlingDeclarations", "KindlingEngine", "KindlingNN", "KindlingOptim",
            "KindlingMetrics", "KindlingData", "KindlingIO", "KindlingTraining", "KindlingRecipes"),
        // 8: the command line
        storey("KindlingCLI", on: "Kindling", "KindlingScaffold", arguments),
        program("KindlingProgram", in: "kindling", on: "KindlingCLI"),
        program("KindlingBench", in: "kindling-bench", on: "Kindling", arguments),
        // T: the tests
        .testTarget(name: "HouseTests", swiftSettings: settings),
        .target(
            name: "ReferenceBackend", dependencies: [vocabulary], path: "Tests/Support/ReferenceBackend",
            swiftSettings: settings),
        tests(of: "KindlingOpenCL", on: vocabulary, "KindlingTesting", "ReferenceBackend"),
        tests(of: "KindlingBackend", without: ["Fixtures"], on: "KindlingTesting", "ReferenceBackend"),
        tests(of: "KindlingDeclarations"),
        tests(of: "KindlingScaffold"),
        tests(of: "KindlingCLI", on: "Kindling"),
        tests(of: "KindlingNN", without: ["Fixtures"], on: vocabulary, "KindlingEngine", "KindlingDeclarations"),
        tests(of: "KindlingOptim", without: ["Fixtures"], on: vocabulary, "KindlingEngine", "KindlingDeclarations"),
        tests(of: "KindlingMetrics", without: ["Fixtures"], on: vocabulary, "KindlingEngine", "KindlingDeclarations"),
        tests(of: "KindlingRecipes", without: ["Corpus", "Schema"], on: "KindlingDeclarations", "KindlingNN"),
        tests(of: "KindlingCPU", without: ["Fixtures"], on: vocabulary, "KindlingTesting", "ReferenceBackend"),
        tests(of: "KindlingData", without: ["Fixtures"], on: vocabulary, "KindlingDeclarations", "KindlingEngine"),
        tests(of: "KindlingIO", without: ["Fixtures"], on: vocabulary, "KindlingEngine"),
        tests(
            of: "KindlingTraining", without: ["Fixtures"], on: vocabulary, "KindlingData", "KindlingEngine",
            "KindlingIO", "KindlingMetrics", "KindlingNN", "KindlingOptim", "KindlingDeclarations"),
        tests(of: "KindlingEngine", without: ["Fixtures"], on: vocabulary, "KindlingTesting", "ReferenceBackend"),
    ],
    swiftLanguageModes: [.v6]
)
