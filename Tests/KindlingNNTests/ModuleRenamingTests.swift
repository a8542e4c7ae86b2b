// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

@Suite struct ModuleRenamingTests {
    @Test func rulesNameWholePartsAndKeepWhatAStarStandsFor() {
        let renaming = StateRenaming([
            .drop("num_batches_tracked"), .rename("layers.encoder_layer_*", "blocks.*"), .rename("mlp.0", "input"),
        ])
        let cases: [(String, String?)] = [
            ("layers.encoder_layer_11.mlp.0.weight", "blocks.11.input.weight"),
            ("layers.encoder_layer_.weight", "layers.encoder_layer_.weight"),
            ("mlp.01.weight", "mlp.01.weight"), ("xmlp.0.weight", "xmlp.0.weight"), ("mlp", "mlp"),
            ("bn.num_batches_tracked", nil), ("bn.num_batches_tracked_too", "bn.num_batches_tracked_too"),
        ]
        for (name, wanted) in cases { #expect(renaming.name(for: name) == wanted) }
        #expect(StateRenaming.none.name(for: "a.b") == "a.b")
    }

    @Test func oneValueBecomesSeveralOfItsRows() throws {
        let renaming = StateRenaming([.split("in_*", ["q.*", "k.*"])])
        let value = Tensor([1, 2, 3, 4] as [Float], shape: [4, 1])
        let found = try renaming.applied(to: [("a.in_weight", value), ("b", value)])
        #expect(found.map(\.name) == ["a.q.weight", "a.k.weight", "b"])
        #expect(try found.map { try $0.value.array(of: Float.self) } == [[1, 2], [3, 4], [1, 2, 3, 4]])
        for shape: Shape in [[3, 2], []] {
            #expect(
                mistake { try renaming.applied(to: [("in_weight", .zeros(shape))])[0].value }?.code == .shapeMismatch)
        }
    }

    @Test func severalValuesBecomeOneWhereAllAreThere() throws {
        let renaming = StateRenaming([.split("in_*", ["q.*", "k.*"]), .rename("a", "b"), .drop("c")]).reversed
        #expect(renaming == StateRenaming([.rename("b", "a"), .join(["q.*", "k.*"], "in_*")]))
        let (one, two) = (Tensor([1] as [Float], shape: [1, 1]), Tensor([2] as [Float], shape: [1, 1]))
        let found = try renaming.applied(to: [
            ("x", one), ("b.k.weight", two), ("b.q.weight", one), ("b.q.bias", one), ("y", two),
        ])
        #expect(found.map(\.name) == ["x", "a.in_weight", "a.q.bias", "y"])
        #expect(try found[1].value.array(of: Float.self) == [1, 2])
        #expect(renaming.reversed == StateRenaming([.split("in_*", ["q.*", "k.*"]), .rename("a", "b")]))
        #expect(
            mistake {
                try renaming.applied(to: [("q.w", .zeros([1, 2])), ("k.w", .zeros([1, 3]))])[0].value
            }?.code == .shapeMismatch)
    }
}
