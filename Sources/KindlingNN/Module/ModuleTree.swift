// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

extension Module {
    /// Every parameter with its name, in order.
    ///
    /// One that is used in two places appears under its first name alone.
    public var namedParameters: [(name: String, parameter: Parameter)] {
        var seen: Set<ObjectIdentifier> = []
        var result: [(name: String, parameter: Parameter)] = []
        walk { name, content in
            if case .parameter(let parameter) = content, seen.insert(ObjectIdentifier(parameter)).inserted {
                result.append((name, parameter))
            }
        }
        return result
    }

    /// Every buffer with its name, in order.
    public var namedBuffers: [(name: String, buffer: Buffer)] {
        var seen: Set<ObjectIdentifier> = []
        var result: [(name: String, buffer: Buffer)] = []
        walk { name, content in
            if case .buffer(let buffer) = content, seen.insert(ObjectIdentifier(buffer)).inserted {
                result.append((name, buffer))
            }
        }
        return result
    }

    /// Every module inside with its name, outermost first.
    public var namedModules: [(name: String, module: any Module)] {
        var result: [(name: String, module: any Module)] = []
        walk { name, content in
            if case .module(let module) = content { result.append((name, module)) }
        }
        return result
    }

    /// Every parameter, in order.
    public var parameters: [Parameter] { namedParameters.map(\.parameter) }

    /// The number of elements of all parameters that are built; those of shapes that cannot be do not count.
    public var parameterCount: Int {
        parameters.reduce(0) { $1.shape.isValid ? $0 &+ $1.elementCount : $0 }
    }

    /// Draws the first value of every parameter that has none, each from a stream of its own name.
    public func initialize(seed: UInt64) {
        let stream = RandomStream(seed: seed)["initialization"]
        for (name, parameter) in namedParameters { parameter.initialize(from: stream[name]) }
    }

    /// Takes every gradient away.
    public func clearGradients() {
        for parameter in parameters { parameter.gradient = nil }
    }

    /// Visits all members, depth first, each before what is inside it.
    ///
    /// A module that holds itself is not followed.
    func walk(_ visit: (String, ModuleMember.Content) -> Void) {
        var open: Set<ObjectIdentifier> = []
        descend(self, "", &open, visit)
    }
}

private func descend(
    _ module: any Module, _ prefix: String, _ open: inout Set<ObjectIdentifier>,
    _ visit: (String, ModuleMember.Content) -> Void
) {
    guard open.insert(ObjectIdentifier(module)).inserted else { return }  // a cycle: already being visited
    for member in module.members {
        let name = prefix.isEmpty ? member.name : "\(prefix).\(member.name)"
        visit(name, member.content)
        if case .module(let inner) = member.content { descend(inner, name, &open, visit) }
    }
    open.remove(ObjectIdentifier(module))
}
