// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "{{name}}",
    dependencies: [
        .package(name: "Kindling", path: "{{kindling}}")
    ],
    targets: [
        .executableTarget(
            name: "{{module}}",
            dependencies: [
                .product(name: "Kindling", package: "Kindling"),
                .product(name: "KindlingCLI", package: "Kindling"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
