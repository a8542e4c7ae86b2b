// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// How much a convolution puts around its input: `1`, `[1, 2]`, `.valid` or `.same`.
public protocol PaddingAmount {
    /// Elements on both sides, one number or one for each spatial axis; nil for as many as `.same` needs.
    var paddingPerAxis: [Int]? { get }
}

extension Int: PaddingAmount {
    /// As much on every side.
    public var paddingPerAxis: [Int]? { [self] }
}

extension Array: PaddingAmount where Element == Int {
    /// As much on both sides of each axis.
    public var paddingPerAxis: [Int]? { self }
}

/// Padding that is said by what comes out: `.same` and `.valid`.
public struct NamedPadding: PaddingAmount {
    /// Nothing, or nil for what the output's size asks for.
    public let paddingPerAxis: [Int]?
}

extension PaddingAmount where Self == NamedPadding {
    /// As much that ⌈n / stride⌉ windows fit along an axis of n elements; an odd one goes behind.
    public static var same: NamedPadding { NamedPadding(paddingPerAxis: nil) }
    /// Nothing: windows lie within the input.
    public static var valid: NamedPadding { NamedPadding(paddingPerAxis: [0]) }
}

/// ``PaddingAmount`` as recipes spell it: `1`, `[1, 2]`, `valid` or `same`.
enum WrittenPadding: FieldValue, PaddingAmount {
    case numbers(OneOrMore<Int>)
    case named(Name)

    enum Name: String, FieldChoice {
        case valid, same
    }

    var paddingPerAxis: [Int]? {
        switch self {
        case .numbers(let numbers): numbers.elements
        case .named(let name): name == .same ? nil : [0]
        }
    }

    static var fieldType: FieldType { .either(OneOrMore<Int>.fieldType, Name.fieldType) }

    static func read(_ value: DeclaredValue, _ reader: RecipeReader) -> WrittenPadding? {
        if case .scalar(let text, quoted: _) = value.content, text.first?.isLetter == true {
            return Name.read(value, reader).map { .named($0) }
        }
        return OneOrMore<Int>.read(value, reader).map { .numbers($0) }
    }

    func outside(_ range: FieldRange, as written: DeclaredValue) -> [DeclaredValue] {
        switch self {
        case .numbers(let numbers): numbers.outside(range, as: written)
        case .named: []
        }
    }

    var recipeText: String {
        switch self {
        case .numbers(let numbers): numbers.recipeText
        case .named(let name): name.recipeText
        }
    }
}
