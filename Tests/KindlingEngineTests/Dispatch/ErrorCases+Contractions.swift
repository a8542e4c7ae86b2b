// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let contractions: [ErrorCase] = equations + vectors

    private static let letters = "; write a letter a-z or A-Z for each axis, as in 'ij,jk->ik'"

    private static let equations: [ErrorCase] = [
        ErrorCase(.invalidValue, "einsum: there are no tensors for 'ij'") { Tensor.einsum("ij") },
        ErrorCase(.invalidValue, "einsum: 'ij,jk' has 2 terms for 1 tensors\(letters)") {
            Tensor.einsum("ij,jk", zeros(2, 3))
        },
        ErrorCase(.invalidValue, "einsum: 'ij->i->j' has more than one '->'\(letters)") {
            Tensor.einsum("ij->i->j", zeros(2, 3))
        },
        ErrorCase(.invalidValue, "einsum: 'ijk' has the term 'ijk' for a tensor of 2 axes\(letters)") {
            Tensor.einsum("ijk", zeros(2, 3))
        },
        ErrorCase(.invalidValue, "einsum: 'i...jk' has the term 'i...jk' for a tensor of 2 axes\(letters)") {
            Tensor.einsum("i...jk", zeros(2, 3))
        },
        ErrorCase(.invalidValue, "einsum: 'i1' has '1', which is no letter,\(letters)") {
            Tensor.einsum("i1", zeros(2, 3))
        },
        ErrorCase(.invalidValue, "einsum: 'ié' has 'é', which is no letter,\(letters)") {
            Tensor.einsum("ié", zeros(2, 3))
        },
        ErrorCase(.invalidValue, "einsum: 'i......' has more than one '...' in 'i......'\(letters)") {
            Tensor.einsum("i......", zeros(2, 3))
        },
        ErrorCase(
            .invalidValue,
            "einsum: 'ij->ik' has a letter of the result that no term has, or that stands there twice\(letters)"
        ) { Tensor.einsum("ij->ik", zeros(2, 3)) },
        ErrorCase(
            .invalidValue,
            "einsum: 'ij->ii' has a letter of the result that no term has, or that stands there twice\(letters)"
        ) { Tensor.einsum("ij->ii", zeros(2, 3)) },
        ErrorCase(
            .shapeMismatch, "einsum: 'j' has sizes 3 and 4; what runs together must have equal sizes, or 1"
        ) { Tensor.einsum("ij,jk->ik", zeros(2, 3), zeros(4, 5)) },
        ErrorCase(
            .shapeMismatch, "einsum: 'i' has sizes 2 and 3; what runs together must have equal sizes, or 1"
        ) { Tensor.einsum("ii", zeros(2, 3)) },
        ErrorCase(
            .shapeMismatch, "einsum: an axis of '...' has sizes 2 and 3; what runs together must have equal sizes, or 1"
        ) { Tensor.einsum("...,...", zeros(2), zeros(3)) },
        ErrorCase(
            .shapeMismatch, "reshape: a tensor of 10 axes is more than the 8 that are supported"
        ) { Tensor.einsum("abcde,fghij", zeros(1, 1, 1, 1, 1), zeros(1, 1, 1, 1, 1)) },
    ]

    private static let vectors: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch,
            "tensorDot: axes [0] of shape [2, 3] do not fit axes [0] of shape [3, 2]; name as many axes of each, of equal "
                + "sizes"
        ) { zeros(2, 3).tensorDot(zeros(3, 2), over: [0], and: [0]) },
        ErrorCase(
            .shapeMismatch,
            "tensorDot: axes [0, 1] of shape [2, 2] do not fit axes [0] of shape [2]; name as many axes of each, of equal "
                + "sizes"
        ) { zeros(2, 2).tensorDot(zeros(2), over: [0, 1], and: [0]) },
        ErrorCase(.invalidAxis, "tensorDot: axis -1 is named twice") {
            zeros(2, 2).tensorDot(zeros(2, 2), over: [1, -1], and: [0, 1])
        },
        ErrorCase(
            .invalidAxis, "tensorDot: axis \(Int.max) does not exist in shape [2]; use 0 ..< 1, or -1 for the last"
        ) { zeros(2).tensorDot(zeros(2), over: [0], and: [.max]) },
        ErrorCase(
            .invalidAxis, "tensorDot: shapes [2] and [2] do not both have 2 axes; give a number in 0 ... 1"
        ) { zeros(2).tensorDot(zeros(2)) },
        ErrorCase(
            .invalidAxis, "tensorDot: shapes [2] and [2] do not both have \(Int.min) axes; give a number in 0 ... 1"
        ) { zeros(2).tensorDot(zeros(2), axes: .min) },
        ErrorCase(
            .shapeMismatch,
            "dot: shapes [2] and [3] do not fit; give tensors of one axis and one size; for others there is tensorDot"
        ) { zeros(2).dot(zeros(3)) },
        ErrorCase(
            .shapeMismatch,
            "dot: shapes [2, 2] and [2] do not fit; give tensors of one axis and one size; for others there is tensorDot"
        ) { zeros(2, 2).dot(zeros(2)) },
        ErrorCase(
            .shapeMismatch,
            "dot: shapes [] and [] do not fit; give tensors of one axis and one size; for others there is tensorDot"
        ) { zeros().dot(zeros()) },
        ErrorCase(
            .shapeMismatch,
            "outer: shapes [2, 1] and [2] do not fit; give tensors of one axis; for others there is tensorDot"
        ) { zeros(2, 1).outer(zeros(2)) },
        ErrorCase(
            .shapeMismatch,
            "outer: shapes [2] and [] do not fit; give tensors of one axis; for others there is tensorDot"
        ) { zeros(2).outer(zeros()) },
        ErrorCase(
            .shapeMismatch,
            "outer: shapes [] and [0] do not fit; give tensors of one axis; for others there is tensorDot"
        ) { zeros().outer(zeros(0)) },
        ErrorCase(
            .shapeMismatch,
            "tensorDot: axes [-1] of shape [2, 3] do not fit axes [-1] of shape [3, 2]; name as many axes of each, of "
                + "equal sizes"
        ) { zeros(2, 3).inner(zeros(3, 2)) },
        ErrorCase(
            .shapeMismatch,
            "tensorDot: axes [-1] of shape [1] do not fit axes [-1] of shape [3]; name as many axes of each, of equal sizes"
        ) { zeros(1).inner(zeros(3)) },
        ErrorCase(
            .shapeMismatch,
            "tensorDot: axes [-1] of shape [0] do not fit axes [-1] of shape [1]; name as many axes of each, of equal sizes"
        ) { zeros(0).inner(zeros(1)) },
        ErrorCase(
            .shapeMismatch,
            "cross: shapes [2] and [2] do not have size 3 along axis -1; give vectors of three numbers"
        ) { zeros(2).cross(zeros(2)) },
        ErrorCase(
            .shapeMismatch, "cross: shapes [2, 3] and [4, 3] do not fit along axis -1; reshape one of them"
        ) { zeros(2, 3).cross(zeros(4, 3)) },
        ErrorCase(
            .shapeMismatch, "cross: shapes [3] and [3] do not fit along axis \(Int.max); reshape one of them"
        ) { zeros(3).cross(zeros(3), along: .max) },
        ErrorCase(
            .shapeMismatch,
            "cross: shapes [3, 1] and [3] do not have size 3 along axis 0; give vectors of three numbers"
        ) { zeros(3, 1).cross(zeros(3), along: 0) },
        ErrorCase(
            .shapeMismatch, "kronecker: shapes [1, 1, 1, 1, 1] and [2] have more than 4 axes"
        ) { zeros(1, 1, 1, 1, 1).kronecker(zeros(2)) },
        ErrorCase(
            .shapeMismatch, "kronecker: shapes [] and [0, 1, 1, 1, 1] have more than 4 axes"
        ) { zeros().kronecker(zeros(0, 1, 1, 1, 1)) },
        ErrorCase(
            .shapeMismatch, "kronecker: shapes [1, 1, 1, 1, 1] and [] have more than 4 axes"
        ) { zeros(1, 1, 1, 1, 1).kronecker(zeros()) },
    ]
}
