// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine
internal import KindlingNN

/// One module in TensorBoard's picture of a model.
struct GraphNode {
    /// The path, parts separated by `/`, which TensorBoard draws as boxes in boxes.
    var name: String
    /// The type's name.
    var type: String
    /// The nodes whose results go in.
    var inputs: [String] = []
    /// The shapes of its own parameters, by name.
    var parameters: [(name: String, shape: [Int])] = []

    /// The modules of a model that hold no others, or hold parameters besides.
    ///
    /// Results are followed through `Sequential`s, where the order says everything. What a module's own code passes
    /// from part to part is not known without running it: there, nodes stand side by side.
    static func nodes(of model: any Module) -> [GraphNode] {
        var builder = GraphBuilder()
        builder.nodes = [GraphNode(name: "input", type: "Input")]
        _ = builder.add(model, at: "", inputs: ["input"])
        return builder.nodes
    }

    /// The message `NodeDef`.
    func write(_ writer: inout ProtobufWriter) {
        writer.text(1, name)
        writer.text(2, type)
        for input in inputs { writer.text(3, input) }
        for (name, shape) in parameters {
            writer.message(5) {
                $0.text(1, name)
                $0.message(2) { value in
                    value.message(7) { tensorShape in
                        for size in shape { tensorShape.message(2) { $0.integer(1, size) } }
                    }
                }
            }
        }
    }
}

private struct GraphBuilder {
    var nodes: [GraphNode] = []
    private var open: Set<ObjectIdentifier> = []

    /// Adds a module and those inside it.
    /// - Returns: The nodes whose results are the module's; none when that is not known.
    mutating func add(_ module: any Module, at path: String, inputs: [String]) -> [String] {
        guard open.insert(ObjectIdentifier(module)).inserted else { return [] }  // It holds itself.
        defer { open.remove(ObjectIdentifier(module)) }
        var parameters: [(String, [Int])] = []
        var inner: [(name: String, module: any Module)] = []
        for member in module.members {
            switch member.content {
            case .parameter(let parameter): parameters.append((member.name, parameter.shape.dimensions))
            case .module(let part): inner.append((member.name, part))
            default: break
            }
        }
        let name = path.isEmpty ? "model" : path
        guard !inner.isEmpty else {
            nodes.append(
                GraphNode(name: name, type: "\(type(of: module))", inputs: inputs, parameters: parameters))
            return [name]
        }
        if !parameters.isEmpty {
            nodes.append(GraphNode(name: "\(name)/parameters", type: "\(type(of: module))", parameters: parameters))
        }
        let isChain = module is Sequential || inner.count == 1
        var flowing = inputs
        for (part, module) in inner {
            let place = path.isEmpty ? part : "\(path)/\(part)"
            let outputs = add(module, at: slashed(place), inputs: isChain ? flowing : [])
            if isChain { flowing = outputs }
        }
        return isChain ? flowing : []
    }

    private func slashed(_ path: String) -> String { String(path.map { $0 == "." ? "/" : $0 }) }
}
