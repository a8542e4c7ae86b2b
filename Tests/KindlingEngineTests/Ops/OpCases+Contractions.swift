// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    static let contractions: [OpCase] = equations + vectors

    private static let equations: [OpCase] =
        [
            "ij,jk->ik", "ij,jk", "ij,kj->ki", "i,i->", "i,j->ij", "ij->ji", "ba", "ij->", "ij->j", "ii->i", "ii",
            "iij->ji", "iji,j->i", "bij,bjk->bik", "bhqd,bhkd->bhqk", "...ij,...jk->...ik", "...ij,jk", "i...->...i",
            "...i->...", "...,...", "ij,ij->ij", "ij,ij,ij->i", "ij,jk,kl->il", "ij,jk,kl->li", "ab,bc,ad->dc",
            "ij,k->ik", "ijk,k->", "Ab,bA->A", "aB", ",ij->ij", "->", "ij,jk->ki", "ij,jk->i k", "ij,j->ij",
            "...ii->...i", "... ->", "bi,bi->b",
        ].map { equation in OpCase("einsum \(equation)") { .einsum(equation, $0) } } + [
            OpCase("einsum of integers", .none) { .einsum("ij,jk->ik", $0[0], $0[1]) },
            OpCase("tensorDot") { $0[0].tensorDot($0[1]) }, OpCase("tensorDot 1") { $0[0].tensorDot($0[1], axes: 1) },
            OpCase("tensorDot 0") { $0[0].tensorDot($0[1], axes: 0) },
            OpCase("tensorDot over axes") { $0[0].tensorDot($0[1], over: [2, 0], and: [0, 1]) },
            OpCase("tensorDot over -1") { $0[0].tensorDot($0[1], over: [-1], and: [-1]) },
            OpCase("tensorDot of nothing") { $0[0].tensorDot($0[1], axes: 1) },
            OpCase("tensorDot of scalars") { $0[0].tensorDot($0[1], axes: 0) },
        ]

    private static let vectors: [OpCase] =
        ["", " of one", " of nothing", " of many"].map { tag in OpCase("dot\(tag)") { $0[0].dot($0[1]) } }
        + ["", " of one", " of nothing", " long"].map { tag in OpCase("outer\(tag)") { $0[0].outer($0[1]) } }
        + ["", " of rows", " of a batch", " of a scalar", " of nothing"].map { tag in
            OpCase("inner\(tag)") { $0[0].inner($0[1]) }
        }
        + ["", " of rows", " broadcast", " of nothing"].map { tag in OpCase("cross\(tag)") { $0[0].cross($0[1]) } }
        + ["", " of rows", " of ranks", " of a scalar", " of nothing"].map { tag in
            OpCase("kronecker\(tag)") { $0[0].kronecker($0[1]) }
        } + [
            OpCase("cross along 0") { $0[0].cross($0[1], along: 0) },
            OpCase("dot of integers", .none) { $0[0].dot($0[1]) },
            OpCase("outer of integers", .none) { $0[0].outer($0[1]) },
        ]
}
