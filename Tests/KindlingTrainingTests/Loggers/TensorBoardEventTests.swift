// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingEngine
import KindlingNN
import Testing

@testable import KindlingTraining

/// Bytes against those of TensorBoard's own messages and record writer: Fixtures/tensorboard_events.py.
@Suite struct TensorBoardEventTests {
    private static let fixtures =
        #filePath.split(separator: "/", omittingEmptySubsequences: false)
        .dropLast(2).joined(separator: "/") + "/Fixtures"

    @Test func checksAreThoseOfTheStandard() {
        #expect(CRC32C.of("123456789".utf8) == 0xE306_9283)
        #expect(CRC32C.of([]) == 0)
    }

    @Test func eventsHaveTensorBoardsBytes() throws {
        let early = TensorBoardEvent(time: 1.5, step: 0)
        let start = TensorBoardEvent(time: 2.25, step: 0)
        let third = TensorBoardEvent(time: 2.25, step: 3)
        let last = TensorBoardEvent(time: 2.25, step: 300)
        let spread = try #require(Histogram(of: [-1.5, 0.25, 0.5, .nan, 0.5, 3.5]))
        let constant = try #require(Histogram(of: [0, 0]))
        var events = [
            TensorBoardEvent.opening(time: 1.5),
            early.graph([
                GraphNode(name: "input", type: "Input"),
                GraphNode(name: "net/0", type: "Linear", inputs: ["input"], parameters: [("weight", [8, 2])]),
            ]),
            third.summary([.scalar("loss", 0.125)]), third.summary([.scalar("zero", 0)]),
            last.summary([.scalar("loss", .nan)]),
            third.summary([.histogram("weights/net.0.weight", spread)]),
            third.summary([.histogram("weights/net.0.bias", constant)]),
            third.summary([.image("samples/first", width: 3, height: 2, [0, 1, 2, 3, 4])]),
            start.summary([.text("recipe", "seed: 42 é")]),
        ]
        for value in [("seed", "42"), ("optimizer.type", "Adam"), ("nesterov", "true"), ("empty", "")] {
            events.append(start.summary([.sessionStart(group: "iris/1", [value])]))
        }
        events.append(last.summary([.sessionEnd(isSuccess: true)]))
        let expected = try Data(contentsOf: URL(fileURLWithPath: "\(Self.fixtures)/events.tfevents"))
        var rest = [UInt8](expected)[...]
        for (index, event) in events.enumerated() {
            let frame = EventFile.frame(event)
            #expect(Array(rest.prefix(frame.count)) == frame, "event \(index)")
            rest = rest.dropFirst(frame.count)
        }
        #expect(rest.isEmpty)
    }

    @Test func nothingFiniteGivesNoHistogram() {
        #expect(Histogram(of: []) == nil)
        #expect(Histogram(of: [.nan, .infinity]) == nil)
    }

    @Test func fileIsCutOffWhereItIsDamaged() throws {
        let folder = try Folder()
        let events = (1...3).map { TensorBoardEvent(time: 1, step: $0).summary([.scalar("loss", 1)]) }
        let whole = events.flatMap(EventFile.frame)
        let two = events.prefix(2).flatMap(EventFile.frame)
        var flipped = whole
        flipped[two.count + 20] ^= 1
        for bytes in [Array(whole.dropLast(3)), flipped, two + [1, 2, 3]] {
            let file = EventFile(path: try folder.write(bytes, to: "events"))
            #expect(try file.keep { _ in true })
            #expect(try readBytes(file.path) == two)
        }
        #expect(try !EventFile(path: try folder.write([7, 7], to: "events")).keep { _ in true })
    }

    @Test func placesAreReadFromEvents() throws {
        let epoch = TensorBoardEvent(time: 1, step: 7).summary([.scalar("loss", 2), .scalar("epoch", 3)])
        let place = try #require(TensorBoardEvent.place(of: epoch[...]))
        #expect((place.step, place.epoch, place.isEnd) == (7, 3, false))
        let end = TensorBoardEvent(time: 1, step: 8).summary([.sessionEnd(isSuccess: false)])
        #expect(TensorBoardEvent.place(of: end[...])?.isEnd == true)
        #expect(TensorBoardEvent.place(of: [0xFF]) == nil)
    }

    @Test func graphFollowsSequentials() {
        let nodes = GraphNode.nodes(of: Classifier())
        #expect(nodes.map(\.name) == ["input", "net/0", "net/1", "net/2", "net/3"])
        #expect(nodes.map(\.type) == ["Input", "Linear", "ReLU", "Dropout", "Linear"])
        #expect(nodes.map(\.inputs) == [[], ["input"], ["net/0"], ["net/1"], ["net/2"]])
        #expect(nodes[1].parameters.map(\.name) == ["weight", "bias"])
    }
}
