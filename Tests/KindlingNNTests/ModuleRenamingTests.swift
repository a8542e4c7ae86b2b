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
}
