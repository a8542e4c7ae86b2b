// SPDX-License-Identifier: Apache-2.0

/// Collects what is wrong while values are read, so that a person sees all mistakes at once; and knows the catalogs
/// that components are looked up in.
public final class RecipeReader {
    /// One mistake.
    public struct Problem: Error, Sendable, Hashable {
        /// Another place that a mistake has to do with: the first of two equal keys.
        public struct Note: Sendable, Hashable {
            /// The place.
            public var origin: Origin
            /// What is there.
            public var message: String

            /// Points to a place.
            public init(at origin: Origin, _ message: String) {
                self.origin = origin
                self.message = message
            }
        }

        /// Where the offending key or value stands.
        public var origin: Origin
        /// What is wrong, what was expected, and the nearest name.
        public var message: String
        /// The key of the field whose value it is; nil for a mistake of another kind.
        public var field: String?
        /// The other places that it has to do with.
        public var notes: [Note]

        /// Describes a mistake.
        public init(at origin: Origin, _ message: String, field: String? = nil, notes: [Note] = []) {
            self.origin = origin
            self.message = message
            self.field = field
            self.notes = notes
        }

        /// The mistake in words, with the field's name: `'seed': expected a whole number, found 'x'`.
        public var text: String { field.map { "'\($0)': \(message)" } ?? message }
    }

    /// The mistakes so far, in the order in which they were met.
    public private(set) var problems: [Problem] = []
    private let additions: [ComponentCatalog]
    private var made: [ObjectIdentifier: (object: AnyObject, origin: Origin)] = [:]

    /// A reader that knows the built-in components and those given.
    public init(additions: [ComponentCatalog] = []) { self.additions = additions }

    /// The field whose value is being read.
    private var field: FieldDescription?

    /// Notes a mistake.
    public func report(at origin: Origin, _ message: String) { problems.append(Problem(at: origin, message)) }

    /// Notes a mistake of the value of the field that is being read.
    func reportValue(at origin: Origin, _ message: String) {
        problems.append(Problem(at: origin, message, field: field?.key))
    }

    /// Reads a field's value, so that what is wrong with it names the field.
    func reading<Result>(_ field: FieldDescription, _ body: () -> Result) -> Result {
        let before = self.field
        self.field = field
        defer { self.field = before }
        return body()
    }

    /// Notes where an object was described, so that what it does wrong later can be shown there; values are not noted.
    func note<Product>(_ product: Product, at origin: Origin) {
        // Values would be put into a box of their own at each call.
        guard type(of: product as Any) is AnyClass else { return }
        let object = product as AnyObject
        made[ObjectIdentifier(object)] = (object, origin)
    }

    /// Where an object was described; nil for what no recipe described.
    public func origin(of object: AnyObject) -> Origin? { made[ObjectIdentifier(object)]?.origin }

    /// Notes that a value is not of the type expected, with the nearest name or the way out when one is known.
    ///
    /// Returns nil, so that it can be returned.
    public func expected<Value>(
        _ type: FieldType, found value: DeclaredValue, nearest: String? = nil, hint: String? = nil
    ) -> Value? {
        let range = field.flatMap { $0.range == .any || !type.isNumeric ? nil : ", \($0.range)" } ?? ""
        var message = "expected \(type.words)\(range), found \(value.summary)"
        if let nearest { message += "; did you mean '\(nearest)'?" }
        if let hint = hint ?? WrittenHint.wayOut(of: value, wanted: type) { message += "; \(hint)" }
        reportValue(at: value.origin, message)
        return nil
    }

    /// The components of a kind: the built-in ones, then the user's.
    public func components<Product>(of kind: ComponentKind<Product>) -> [Component<Product>] {
        additions.isEmpty ? kind.builtIn() : kind.builtIn() + additions.flatMap { $0.components(of: kind) }
    }
}

/// Components of one kind that a user's project adds to the built-in ones.
public struct ComponentCatalog: Sendable {
    /// The name of the kind that it adds to.
    public let kindName: String
    private let erased: @Sendable () -> Any
    private let describe: @Sendable () -> KindDescription

    /// Adds components to a kind.
    public init<Product>(_ components: [Component<Product>], of kind: ComponentKind<Product>) {
        kindName = kind.name
        erased = { components }
        describe = { [name = kind.name] in
            KindDescription(name: name, components: components.map { $0.description(kind: name) })
        }
    }

    /// What it adds, without the built-in components.
    public var description: KindDescription { describe() }

    func components<Product>(of kind: ComponentKind<Product>) -> [Component<Product>] {
        guard kindName == kind.name, let components = erased() as? [Component<Product>] else { return [] }
        return components
    }
}
