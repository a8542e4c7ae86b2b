// SPDX-License-Identifier: Apache-2.0

/// A part that recipes can name: declared once, next to its type.
///
/// Reading recipes, schemas, help, documentation and suggestions all use this value.
///
///     static let component = Component<any Layer>(
///         "Dropout", "Zeroes a random share of the features while training.",
///         Field("rate", default: 0.5, in: .fractionBelowOne, "Share that is zeroed.")
///     ) { rate in Dropout(rate: rate) }
public struct Component<Product>: Sendable {
    /// The name after `type:`.
    public let type: String
    /// One line of documentation.
    public let documentation: String
    /// The fields, in the order of the closure's parameters.
    public let fields: [FieldDescription]
    private let build: @Sendable ([String: DeclaredValue], Origin, _ misspelt: Set<String>, RecipeReader) -> Product?

    /// Declares a component, with a closure that takes one parameter for each field, of the field's type.
    public init<each Value>(
        _ type: String, _ documentation: String, _ fields: repeat Field<each Value>,
        make: @escaping @Sendable (repeat each Value) throws -> Product
    ) {
        self.type = type
        self.documentation = documentation
        var descriptions: [FieldDescription] = []
        repeat descriptions.append((each fields).description)
        self.fields = descriptions
        build = { values, origin, misspelt, reader in
            func value<Each>(_ field: Field<Each>) throws(Unreadable) -> Each {
                let key = field.description.key
                if let written = values[key] ?? field.absent {
                    let result = reader.reading(field.description) { field.read(written, reader) }
                    guard let result else { throw Unreadable() }
                    return result
                }
                guard let makeDefault = field.makeDefault else {
                    // What has been said of the wrong spelling is enough.
                    if !misspelt.contains(key) {
                        reader.report(at: origin, "\(type) needs \(field.description.demand)")
                    }
                    throw Unreadable()
                }
                return makeDefault()
            }
            // Every field is read before any failure counts, so that all mistakes are reported.
            var readable = true
            func attempt<Each>(_ field: Field<Each>) -> Each? {
                do { return try value(field) } catch {
                    readable = false
                    return nil
                }
            }
            let attempts = (repeat attempt(each fields))
            guard readable else { return nil }
            func unwrap<Each>(_ value: Each?) throws(Unreadable) -> Each {
                guard let value else { throw Unreadable() }
                return value
            }
            do { return try make(repeat try unwrap(each attempts)) } catch {
                reader.report(at: origin, "\(type): \(error)")
                return nil
            }
        }
    }

    /// Makes the product from a mapping's entries, or reports what is wrong with them.
    func make(from entries: [DeclaredValue.Entry], at origin: Origin, _ reader: RecipeReader) -> Product? {
        var values: [String: DeclaredValue] = [:]
        var sound = true
        var misspelt: Set<String> = []
        for entry in entries where entry.key != "type" {
            if fields.contains(where: { $0.key == entry.key }) {
                values[entry.key] = entry.value
            } else {
                sound = false
                if let meant = reportUnknown(entry, reader) { misspelt.insert(meant) }
            }
        }
        guard let product = build(values, origin, misspelt, reader), sound else { return nil }
        return product
    }

    /// Reports a key that there is no field for, and returns the one that was most likely meant.
    private func reportUnknown(_ entry: DeclaredValue.Entry, _ reader: RecipeReader) -> String? {
        let keys = fields.map(\.key)
        var message = "\(type) has no '\(entry.key)'"
        let nearest = nearestName(to: entry.key, in: keys)
        if let nearest {
            message += "; did you mean '\(nearest)'?"
        } else if keys.isEmpty {
            message += "; it takes no arguments"
        } else {
            message += "; it takes \(keys.joined(separator: ", "))"
        }
        reader.report(at: entry.keyOrigin, message)
        return nearest
    }

    private struct Unreadable: Error {}
}
