// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Puts the events of a YAML text together to values, without recursion, counting against the budget before building.
struct YAMLTreeBuilder {
    /// What is wrong, in the order in which it was met.
    private(set) var problems: [Problem] = []
    private let placing: YAMLPlacing
    private var open: [OpenCollection] = []
    private var anchors: [String: SizedValue] = [:]
    private var nodes = 0
    private var root: DeclaredValue?

    init(_ placing: YAMLPlacing) { self.placing = placing }

    /// The document's value, or nil after noting why there is none.
    mutating func build(_ text: String) -> DeclaredValue? {
        do throws(Problem) { return try run(text) } catch {
            problems.append(error)
            return nil
        }
    }

    private mutating func run(_ text: String) throws(Problem) -> DeclaredValue {
        let stream = YAMLEventStream(text)
        var documents = 0
        while true {
            let (event, origin) = try next(of: stream, text)
            if problems.count >= RecipeBudget.problems { throw .tooMany(origin) }
            switch event {
            case .streamEnd: return root ?? DeclaredValue(.null, at: origin)
            case .documentStart:
                documents += 1
                if documents > 1 { throw Problem(at: origin, "a recipe is one document; here begins another") }
            case .scalar(let text, let isPlain, let anchor, let tag):
                try takeScalar(text, isPlain: isPlain, anchor: anchor, tag: tag, at: origin)
            case .alias(let name): try takeAlias(name, at: origin)
            case .sequenceStart(let anchor, let tag): try begin(.sequence, anchor: anchor, tag: tag, at: origin)
            case .mappingStart(let anchor, let tag): try begin(.mapping, anchor: anchor, tag: tag, at: origin)
            case .sequenceEnd, .mappingEnd: end()
            }
        }
    }

    private func next(of stream: YAMLEventStream, _ text: String) throws(Problem) -> (YAMLEvent, Origin) {
        do {
            let (event, mark) = try stream.next()
            return (event, placing.origin(mark))
        } catch {
            let (message, beginning) = error.explained(in: text)
            let start = placing.origin(error.contextMark)
            throw Problem(
                at: placing.origin(error.place(in: text)), message,
                notes: beginning.map { [Problem.Note(at: start, $0)] } ?? [])
        }
    }

    private mutating func takeScalar(
        _ text: String, isPlain: Bool, anchor: String?, tag: String?, at origin: Origin
    ) throws(Problem) {
        if text.utf8.count > RecipeBudget.scalarBytes {
            throw Problem(at: origin, "this text is longer than \(RecipeBudget.scalarBytes >> 20) MiB")
        }
        if open.last?.awaitsKey == true { return try takeKey(text, isPlain: isPlain, tag: tag, at: origin) }
        let content = YAMLTag.scalar(text, isPlain: isPlain, tag: tag, at: origin, &problems)
        try count(1, at: origin)
        take(SizedValue(value: DeclaredValue(content, at: origin), nodes: 1, height: 0), anchor: anchor)
    }

    private mutating func takeKey(_ text: String, isPlain: Bool, tag: String?, at origin: Origin) throws(Problem) {
        _ = YAMLTag.scalar(text, isPlain: isPlain, tag: tag, at: origin, &problems)
        if text.unicodeScalars.count > RecipeBudget.keyCharacters {
            throw Problem(at: origin, "this key is longer than \(RecipeBudget.keyCharacters) characters")
        }
        if text.isEmpty { throw Problem(at: origin, "a key is missing here") }
        open[open.count - 1].begin(key: text, isMerge: isPlain && text == "<<" && tag == nil, at: origin, &problems)
    }

    private mutating func takeAlias(_ name: String, at origin: Origin) throws(Problem) {
        if open.last?.awaitsKey == true { throw Problem(at: origin, "a key cannot be an alias; write it out") }
        if let anchored = anchors[name] {
            try count(anchored.nodes, at: origin)
            if open.count + anchored.height > RecipeBudget.depth { throw tooDeep(origin) }
            return take(anchored, anchor: nil)
        }
        if open.contains(where: { $0.anchor == name }) {
            throw Problem(at: origin, "'*\(name)' stands inside the value that it names")
        }
        var message = "there is no anchor '&\(name)' above"
        let known = anchors.count <= RecipeBudget.candidates ? anchors.keys.sorted() : []
        if let nearest = nearestName(to: name, in: known) { message += "; did you mean '*\(nearest)'?" }
        problems.append(Problem(at: origin, message))
        take(SizedValue(value: DeclaredValue(.null, at: origin), nodes: 1, height: 0), anchor: nil)
    }

    private mutating func begin(
        _ kind: OpenCollection.Kind, anchor: String?, tag: String?, at origin: Origin
    ) throws(Problem) {
        if open.last?.awaitsKey == true { throw Problem(at: origin, "a key is text, not a \(kind.word)") }
        YAMLTag.check(kind, tag: tag, at: origin, &problems)
        try count(1, at: origin)
        if open.count >= RecipeBudget.depth { throw tooDeep(origin) }
        open.append(OpenCollection(kind, anchor: anchor, nodesBefore: nodes - 1, at: origin))
    }

    private mutating func end() {
        // libyaml balances starts and ends; with nothing open there is nothing to do.
        guard let closed = open.popLast() else { return }
        let value = closed.close(&problems)
        take(
            SizedValue(value: value, nodes: nodes - closed.nodesBefore, height: closed.height + 1),
            anchor: closed.anchor)
    }

    private mutating func take(_ value: SizedValue, anchor: String?) {
        if let anchor { anchors[anchor] = value }
        if open.isEmpty { root = value.value } else { open[open.count - 1].take(value) }
    }

    private mutating func count(_ more: Int, at origin: Origin) throws(Problem) {
        nodes += more
        if nodes > RecipeBudget.nodes {
            throw Problem(at: origin, "this recipe holds more than \(RecipeBudget.nodes) values, aliases counted out")
        }
    }

    private func tooDeep(_ origin: Origin) -> Problem {
        Problem(at: origin, "this is nested deeper than \(RecipeBudget.depth) levels")
    }
}

/// A value with what it costs to repeat it.
struct SizedValue {
    let value: DeclaredValue
    let nodes: Int
    /// Levels of collections in it; 0 for a scalar.
    let height: Int
}
