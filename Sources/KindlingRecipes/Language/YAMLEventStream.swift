// SPDX-License-Identifier: Apache-2.0
internal import CYAML

/// A place in YAML text as libyaml counts: from 0, in characters.
struct YAMLMark {
    let index: Int
    let line: Int
    let column: Int

    init(index: Int, line: Int, column: Int) {
        self.index = index
        self.line = line
        self.column = column
    }

    init(_ mark: yaml_mark_t) {
        index = Int(mark.index)
        line = Int(mark.line)
        column = Int(mark.column)
    }
}

/// What libyaml's parser meets, in order.
enum YAMLEvent {
    case documentStart
    case scalar(text: String, isPlain: Bool, anchor: String?, tag: String?)
    case sequenceStart(anchor: String?, tag: String?)
    case sequenceEnd
    case mappingStart(anchor: String?, tag: String?)
    case mappingEnd
    case alias(String)
    case streamEnd
}

/// Why libyaml stopped, in its words.
struct YAMLFailure: Error {
    let problem: String
    let mark: YAMLMark
    let context: String?
    let contextMark: YAMLMark
}

/// The events of a YAML text, one at a time, so that a budget can stop before anything is built.
final class YAMLEventStream {
    // libyaml keeps pointers into the parser and the text, so both need a fixed address.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeMutableBufferPointer<UInt8>

    /// A stream over UTF-8 text without a byte order mark.
    init(_ text: String) {
        bytes = .allocate(capacity: text.utf8.count)
        _ = bytes.initialize(from: text.utf8)
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        // A failure here is shortage of memory; the parser then reports it at the first event.
        if yaml_parser_initialize(parser) == 1 {
            yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
        }
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        bytes.deallocate()
    }

    /// The next event and where it begins.
    func next() throws(YAMLFailure) -> (event: YAMLEvent, mark: YAMLMark) {
        while true {
            var event = yaml_event_t()
            guard parser.pointee.read_handler != nil, yaml_parser_parse(parser, &event) == 1 else { throw failure() }
            defer { yaml_event_delete(&event) }
            guard let translated = translate(event) else { continue }
            return (translated, YAMLMark(event.start_mark))
        }
    }

    private func translate(_ event: yaml_event_t) -> YAMLEvent? {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            return .scalar(
                text: String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self),
                isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE, anchor: text(scalar.anchor), tag: text(scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return .sequenceStart(anchor: text(start.anchor), tag: text(start.tag))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return .mappingStart(anchor: text(start.anchor), tag: text(start.tag))
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        case YAML_ALIAS_EVENT: return .alias(text(event.data.alias.anchor) ?? "")
        // After the end libyaml gives empty events for ever.
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return .streamEnd
        default: return nil
        }
    }

    private func text(_ characters: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        characters.map { String(cString: $0) }
    }

    private func failure() -> YAMLFailure {
        let state = parser.pointee
        return YAMLFailure(
            problem: state.problem.map { String(cString: $0) } ?? "out of memory", mark: YAMLMark(state.problem_mark),
            context: state.context.map { String(cString: $0) }, contextMark: YAMLMark(state.context_mark))
    }
}
