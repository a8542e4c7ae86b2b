// SPDX-License-Identifier: Apache-2.0

/// Events as TensorBoard reads them: the messages `Event`, `Summary` and `GraphDef` of its protocol buffers.
struct TensorBoardEvent {
    /// Seconds since 1970.
    var time: Double
    /// The optimizer step that it belongs to.
    var step: Int

    /// One named thing in an event.
    enum Entry {
        case scalar(String, Double)
        case histogram(String, Histogram)
        /// A PNG file.
        case image(String, width: Int, height: Int, [UInt8])
        /// Markdown.
        case text(String, String)
        /// Values of hyperparameters; the run began.
        case sessionStart(group: String, [(name: String, value: String)])
        /// The run is over, well or not.
        case sessionEnd(isSuccess: Bool)
    }

    /// The first event of every file.
    static func opening(time: Double) -> [UInt8] {
        ProtobufWriter.message {
            $0.double(1, time)
            $0.text(3, "brain.Event:2")
        }
    }

    /// An event with a summary.
    func summary(_ entries: [Entry]) -> [UInt8] {
        event { writer in
            writer.message(5) { summary in
                for entry in entries { summary.message(1) { value in write(entry, &value) } }
            }
        }
    }

    /// An event with the graph of a model.
    func graph(_ nodes: [GraphNode]) -> [UInt8] {
        event { writer in
            writer.message(4) { graph in
                for node in nodes { graph.message(1) { node.write(&$0) } }
                graph.message(4) { $0.integer(1, 22) }
            }
        }
    }

    private func event(_ body: (inout ProtobufWriter) -> Void) -> [UInt8] {
        ProtobufWriter.message {
            $0.double(1, time)
            $0.integer(2, step)
            body(&$0)
        }
    }

    private func write(_ entry: Entry, _ value: inout ProtobufWriter) {
        switch entry {
        case .scalar(let tag, let number):
            value.text(1, tag)
            value.alwaysFloat(2, Float(number))
        case .histogram(let tag, let histogram):
            value.text(1, tag)
            value.message(5) { histogram.write(&$0) }
        case .image(let tag, let width, let height, let file):
            value.text(1, tag)
            value.message(4) {
                $0.integer(1, height)
                $0.integer(2, width)
                $0.integer(3, 3)
                $0.data(4, file)
            }
        case .text(let tag, let text):
            value.text(1, tag)
            value.message(8) {
                $0.integer(1, 7)  // DT_STRING
                $0.message(2) { $0.message(2) { $0.integer(1, 1) } }
                $0.alwaysData(8, Array(text.utf8))
            }
            value.message(9) {
                $0.message(1) { $0.text(1, "text") }
                $0.integer(4, 2)  // DATA_CLASS_TENSOR
            }
        case .sessionStart(let group, let values):
            value.text(1, "_hparams_/session_start_info")
            hyperparameters(&value) { content in
                content.message(3) { session in
                    for (name, text) in values {
                        session.message(1) {
                            $0.text(1, name)
                            $0.message(2) { TensorBoardEvent.write(value: text, &$0) }
                        }
                    }
                    session.text(4, group)
                    session.double(5, time)
                }
            }
        case .sessionEnd(let isSuccess):
            value.text(1, TensorBoardEvent.sessionEndTag)
            hyperparameters(&value) { content in
                content.message(4) {
                    $0.integer(1, isSuccess ? 1 : 2)
                    $0.double(2, time)
                }
            }
        }
    }

    private func hyperparameters(_ value: inout ProtobufWriter, _ content: (inout ProtobufWriter) -> Void) {
        // Of the tensor nothing is wanted: it is there because a value without one is dropped by some readers.
        value.message(8) {
            $0.integer(1, 1)  // DT_FLOAT
            $0.message(2) { $0.message(2) { _ in } }
        }
        value.message(9) {
            $0.message(1) {
                $0.text(1, "hparams")
                $0.data(2, ProtobufWriter.message(content))
            }
        }
    }

    /// A value of `google.protobuf.Struct`: a truth, a number, else a text.
    private static func write(value text: String, _ writer: inout ProtobufWriter) {
        switch text {
        case "true", "false": writer.alwaysInteger(4, text == "true" ? 1 : 0)
        default:
            if let number = Double(text), number.isFinite {
                writer.alwaysDouble(2, number)
            } else {
                writer.alwaysData(3, Array(text.utf8))
            }
        }
    }
}

extension TensorBoardEvent {
    /// The tag under which each epoch's event has the epoch's number.
    static let epochTag = "epoch"
    /// What the tags of a step's figures begin with.
    static let stepPrefix = "step/"
    private static let sessionEndTag = "_hparams_/session_end_info"

    /// Where in a run an event of a file belongs.
    struct Place {
        var step = 0
        /// The epoch that is over with it, from 1; nil when none is.
        var epoch: Int?
        /// Whether it has a step's figures.
        var isStep = false
        /// Whether it says that the run is over.
        var isEnd = false
    }

    /// The place of an event, or nil when the bytes are none.
    static func place(of event: ArraySlice<UInt8>) -> Place? {
        guard let fields = ProtobufReader.fields(event) else { return nil }
        var place = Place()
        for (field, value) in fields {
            if field == 2, case .integer(let step) = value { place.step = Int(truncatingIfNeeded: step) }
            guard field == 5, case .data(let summary) = value else { continue }
            for (_, value) in ProtobufReader.fields(summary) ?? [] {
                guard case .data(let entry) = value, let parts = ProtobufReader.fields(entry) else { continue }
                var tag = ""
                var number: Float?
                for part in parts {
                    if part.field == 1, case .data(let name) = part.value {
                        tag = String(decoding: name, as: UTF8.self)
                    }
                    if part.field == 2, case .fixed32(let bits) = part.value { number = Float(bitPattern: bits) }
                }
                if tag == epochTag, let number, number.isFinite { place.epoch = Int(number) }
                if tag.hasPrefix(stepPrefix) { place.isStep = true }
                if tag == sessionEndTag { place.isEnd = true }
            }
        }
        return place
    }
}
