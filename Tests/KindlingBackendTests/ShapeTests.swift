// SPDX-License-Identifier: Apache-2.0

import KindlingBackend
import Testing

@Suite struct ShapeTests {
    @Test func broadcastsAsNumPyDoes() throws {
        for row in try fixture("vocabulary.json", as: VocabularyFixture.self).broadcasts {
            #expect(Shape(row.left).broadcast(with: Shape(row.right))?.dimensions == row.result, "\(row)")
        }
    }

    @Test func scalarHasOneElementAndNoAxes() {
        let scalar = Shape()
        #expect(scalar == [])
        #expect(scalar.elementCount == 1)
        #expect(scalar.last == 1)
        #expect(scalar.dimensions == [])
        #expect(scalar.axis(0) == nil)
        #expect(scalar.axis(-1) == nil)
    }

    @Test func countsElements() {
        #expect(Shape([64, 1, 28, 28]).elementCount == 50_176)
        #expect(Shape([3, 0, 2]).elementCount == 0)
        #expect(Shape.ones(rank: 4).elementCount == 1)
    }

    @Test func ranksAboveTheMaximumAreInvalid() {
        #expect(Shape([1, 1, 1, 1, 1, 1, 1, 1]).isValid)
        #expect(!Shape([1, 1, 1, 1, 1, 1, 1, 1, 1]).isValid)
        #expect(!Shape.ones(rank: 8).appending(1).isValid)
        #expect(!Shape.ones(rank: 8).inserting(1, at: 0).isValid)
        #expect(Shape.ones(rank: 9).broadcast(with: []) == nil)
    }

    @Test func negativeSizesAreInvalid() {
        #expect(!Shape([2, -1]).isValid)
        #expect(!Shape([0, -1]).isValid)
    }

    @Test func sizesThatOverflowAreInvalid() {
        #expect(!Shape([Int.max, 2]).isValid)
        #expect(!Shape([1 << 32, 1 << 32]).isValid)
        #expect(!Shape([Int.max >> 3]).isValid)
        #expect(Shape([Int.max >> 4]).isValid)
        #expect(!Shape([0, Int.max, Int.max]).isValid)
    }

    @Test func axesCountFromBothEnds() {
        let shape: Shape = [2, 3, 4]
        #expect([-4, -3, -1, 0, 2, 3].map(shape.axis) == [nil, 0, 2, 0, 2, nil])
    }

    @Test func axesAreAddedAndRemoved() {
        let shape: Shape = [2, 3, 4]
        #expect(shape.appending(5) == [2, 3, 4, 5])
        #expect((0..<3).map(shape.removing(axis:)) == [[3, 4], [2, 4], [2, 3]])
        #expect(
            (0...3).map { shape.inserting(9, at: $0) } == [[9, 2, 3, 4], [2, 9, 3, 4], [2, 3, 9, 4], [2, 3, 4, 9]])
        #expect(Shape([7]).removing(axis: 0) == [])
    }

    @Test func equalShapesHaveEqualHashes() {
        #expect(Shape([2, 3, 9]).removing(axis: 2).hashValue == Shape([2, 3]).hashValue)
        #expect(Shape([2, 3]) != Shape([2, 3, 1]))
        #expect(Set<Shape>([[2, 3], [2, 3], [3, 2]]).count == 2)
    }

    @Test func readsAsAnArray() {
        #expect(Shape([64, 10]).description == "[64, 10]")
        #expect(Shape().description == "[]")
    }

    @Test func negativeAxesCountFromTheEndAndOthersHaveNoSize() {
        var shape: Shape = [2, 3, 4]
        #expect((-3...2).map { shape[$0] } == [2, 3, 4, 2, 3, 4])
        #expect([3, -4, 8, 99, Int.max, Int.min].map { shape[$0] } == [0, 0, 0, 0, 0, 0])
        shape[-1] = 7
        shape[5] = 9
        #expect(shape == [2, 3, 7])
        #expect(Shape()[0] == 0)
    }
}
