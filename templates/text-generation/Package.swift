// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "{{name}}",
    products: [
        .executable(name: "{{name}}", targets: ["{{module}}Program"])
    ],
    dependencies: [
        .package(name: "Kindling", path: "{{kindling}}")
    ],
    targets: [
        // Models, data and callbacks: what tests test.
        .target(name: "{{module}}", dependencies: [.product(name: "Kindling", package: "Kindling")]),
        // The program: every verb of Kindling's command line, and recipes that can name the types above.
        .executableTarget(
            name: "{{module}}Program",
            dependencies: ["{{module}}", .product(name: "KindlingCLI", package: "Kindling")]),
        .testTarget(
            name: "{{module}}Tests", dependencies: ["{{module}}", .product(name: "Kindling", package: "Kindling")]),
    ],
    swiftLanguageModes: [.v6]
)
