// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// Who said a value of a recipe: a file, a profile, an argument, or nobody.
public enum ValueSource: Sendable, Hashable, CustomStringConvertible {
    /// The recipe, or one that it extends.
    case file(Origin)
    /// A profile that was asked for, by its name.
    case profile(String, Origin)
    /// An argument of the command line, as it was given.
    case argument(String, Origin)
    /// Nobody: it is the default.
    case builtIn

    /// `recipes/iris.yaml:12:5`, `profile debug at recipes/iris.yaml:30:20`, `argument seed=2`, `default`.
    public var description: String {
        switch self {
        case .file(let origin): "\(origin)"
        case .profile(let name, let origin): "profile \(name) at \(origin)"
        case .argument(let text, _): "argument \(DisplayText.visible(text))"
        case .builtIn: "default"
        }
    }
}

extension Recipe {
    /// Who said what stands at a place.
    public func source(of origin: Origin) -> ValueSource {
        if origin == .builtIn { return .builtIn }
        if let profile = profileOrigins[origin] { return .profile(profile, origin) }
        if origin.line == 0, let argument = sources.first(where: { $0.name == origin.source }) {
            return .argument(argument.text, origin)
        }
        return .file(origin)
    }
}
