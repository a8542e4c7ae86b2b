// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let linearAlgebra: [ErrorCase] = []
}
