// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

@Suite struct ForwardContextTests {
    @Test func phaseIsEvaluationUnlessSaidOtherwise() {
        #expect(ForwardContext.phase == .evaluation)
        ForwardContext.run(.training, random: RandomStream(seed: 0)) {
            #expect(ForwardContext.phase == .training)
            ForwardContext.run(.evaluation, random: RandomStream(seed: 0)) {
                #expect(ForwardContext.phase == .evaluation)
            }
            #expect(ForwardContext.phase == .training)
        }
        #expect(ForwardContext.phase == .evaluation)
    }

    @Test func tasksInheritThePhase() async {
        let task = ForwardContext.run(.training, random: RandomStream(seed: 0)) { Task { ForwardContext.phase } }
        #expect(await task.value == .training)
    }

    @Test func drawsOfAPassAreTheStreamsAndFollowEachOther() throws {
        func draws() -> [Tensor] {
            ForwardContext.run(.training, random: RandomStream(seed: 4)) {
                (0..<2).map { _ in ForwardContext.withRandom { .uniform([4], from: &$0) } }
            }
        }
        let (one, two) = (draws(), draws())
        try expectEqual(one[0], two[0])
        try expectEqual(one[1], two[1])
        #expect(try one[0].array(of: Float.self) != one[1].array(of: Float.self))
    }

    private final class Part: ForwardScope {
        let parts: [(name: String, part: Part)]
        init(_ parts: [(name: String, part: Part)] = []) { self.parts = parts }
        func path(to part: any ForwardScope) -> String? { parts.first { $0.part === part }?.name }
    }

    @Test func errorsSayInWhichModuleTheyHappened() throws {
        let (first, second) = (Part(), Part())
        let encoder = Part([("first", first), ("second", second)])
        let model = Part([("encoder", encoder)])
        do {
            _ = try withTensorErrors {
                ForwardContext.run(.training, random: RandomStream(seed: 0)) {
                    ForwardContext.inside(model) {
                        ForwardContext.inside(encoder) {
                            _ = ForwardContext.inside(first) { Tensor.zeros([2]) }
                            return ForwardContext.inside(second) { Tensor.zeros([2]) + Tensor.zeros([3]) }
                        }
                    }
                }
            }
            Issue.record("nothing was thrown")
        } catch {
            #expect((error as? TensorError)?.modulePath == "encoder.second")
            var error = try #require(error as? TensorError)
            #expect(error.location.hasPrefix("ForwardContextTests.swift:"))
            error.location = ""
            #expect(
                "\(error)"
                    == "add: shapes [2] and [3] do not fit: sizes must be equal, or 1 (in encoder.second); reshape "
                    + "or expand one of them")
        }
    }

    @Test func observerIsToldOfEveryResult() {
        let model = Part()
        var shapes: [Shape] = []
        ForwardContext.run(.evaluation, random: RandomStream(seed: 0), observer: { shapes.append($1.shape) }) {
            _ = ForwardContext.inside(model) { Tensor.zeros([2, 3]) }
        }
        #expect(shapes == [[2, 3]])
    }
}
