// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// A layer or a model: something with parameters, buffers and inner modules.
///
/// Members are found in stored properties, without registering anything: a ``Parameter``, a ``Buffer``, a `Module`, an
/// optional, array or string-keyed dictionary of these. Their names are the properties', joined by dots:
/// `encoder.layers.0.weight`.
///
///     final class Perceptron: Layer {
///         let hidden = Linear(4, 16)
///         let output = Linear(16, 3)
///         func forward(_ x: Tensor) -> Tensor { output(hidden(x).relu()) }
///     }
public protocol Module: ForwardScope {
    /// The direct members, in order. Found by reflection unless a module says otherwise.
    var members: [ModuleMember] { get }

    /// The name of the Keras layer that holds the same weights, for checkpoints that Keras can read: `dense`.
    var kerasName: String { get }

    /// The module's own weights as Keras orders and lays them out, for checkpoints; see ``KerasWeight``.
    var kerasWeights: [KerasWeight] { get }

    /// The module, while it waits for its first input; nil for all that are not ``LazilyBuilt``.
    var unbuilt: (any LazilyBuilt)? { get }
}

/// One direct member of a module.
public struct ModuleMember {
    /// What it can be.
    public enum Content {
        /// Learned by gradients.
        case parameter(Parameter)
        /// Kept, but not learned.
        case buffer(Buffer)
        /// A module inside.
        case module(any Module)
    }

    /// The name, with dots inside arrays and dictionaries: `layers.0`.
    public let name: String
    /// What it is.
    public let content: Content

    /// Names a member.
    public init(name: String, _ content: Content) {
        self.name = name
        self.content = content
    }
}

extension Module {
    /// Found by reflection over the stored properties.
    public var members: [ModuleMember] { reflectedMembers(of: self) }

    /// The type's name in snake case.
    public var kerasName: String { moduleSnakeCase(String(describing: type(of: self))) }

    /// Parameters, then buffers, as they are.
    public var kerasWeights: [KerasWeight] {
        members.compactMap { member in
            if case .parameter(let parameter) = member.content { KerasWeight(.parameter(parameter)) } else { nil }
        }
            + members.compactMap { member in
                if case .buffer(let buffer) = member.content { KerasWeight(.buffer(buffer)) } else { nil }
            }
    }

    /// Nothing waits.
    public var unbuilt: (any LazilyBuilt)? { nil }

    /// The name of a module directly inside.
    public func path(to part: any ForwardScope) -> String? {
        for member in members {
            if case .module(let module) = member.content, module === part { return member.name }
        }
        return nil
    }
}
