// SPDX-License-Identifier: Apache-2.0
internal import KindlingEngine

/// The members among a module's stored properties, superclasses' first.
func reflectedMembers(of module: any Module) -> [ModuleMember] {
    var mirrors = [Mirror(reflecting: module)]
    while let parent = mirrors[0].superclassMirror { mirrors.insert(parent, at: 0) }
    var members: [ModuleMember] = []
    for child in mirrors.flatMap(\.children) {
        collect(child.value, named: propertyName(child.label), into: &members)
    }
    return members
}

/// A lazy property is stored under a name of the compiler's.
private func propertyName(_ label: String?) -> String {
    guard let label else { return "" }
    return label.hasPrefix("$__lazy_storage_$_") ? String(label.dropFirst("$__lazy_storage_$_".count)) : label
}

private func collect(_ value: Any, named name: String, into members: inout [ModuleMember]) {
    switch value {
    case let parameter as Parameter: members.append(ModuleMember(name: name, .parameter(parameter)))
    case let buffer as Buffer: members.append(ModuleMember(name: name, .buffer(buffer)))
    case let module as any Module: members.append(ModuleMember(name: name, .module(module)))
    case is String, is Int, is Double, is Bool: return
    default:
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            for child in mirror.children { collect(child.value, named: name, into: &members) }
        case .collection:
            for (index, child) in mirror.children.enumerated() {
                collect(child.value, named: "\(name).\(index)", into: &members)
            }
        case .dictionary:
            guard let dictionary = value as? [String: Any] else { return }  // other keys have no names to go by
            for key in dictionary.keys.sorted() {
                if let inner = dictionary[key] { collect(inner, named: "\(name).\(key)", into: &members) }
            }
        default: return
        }
    }
}

/// `Conv2D` → `conv2d`, `BatchNormalization` → `batch_normalization`: the rule by which Keras names layers.
func moduleSnakeCase(_ name: String) -> String {
    var result = ""
    let characters = Array(name)
    for (index, character) in characters.enumerated() {
        let startsWord =
            index > 0 && character.isUppercase
            && (characters[index - 1].isLowercase
                || (index + 1 < characters.count && characters[index + 1].isLowercase
                    && characters[index - 1].isUppercase))
        if startsWord { result += "_" }
        result += character.lowercased()
    }
    return result
}
