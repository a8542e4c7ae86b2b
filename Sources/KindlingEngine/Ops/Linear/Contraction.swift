// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Tensors whose axes bear labels: axes of one label run together, and those that the result does not name are summed.
struct Contraction {
    let operation: String
    /// How a label is called in messages.
    let name: (Int) -> String

    /// A tensor and the label of each of its axes, none twice.
    private struct Term {
        var tensor: Tensor
        var labels: [Int]
        func size(of label: Int) -> Int { labels.firstIndex(of: label).map { tensor.shape[$0] } ?? 1 }
    }

    /// The product of all tensors, pair by pair from left to right, summed over what `output` does not name.
    func run(_ tensors: [Tensor], _ labels: [[Int]], output: [Int]) throws(TensorError) -> Tensor {
        let dtype = ElementwiseDefinition.promoted(tensors)
        var terms: [Term] = []
        for (tensor, labels) in zip(tensors, labels) {
            terms.append(try diagonal(Term(tensor: tensor.converted(to: dtype), labels: labels)))
        }
        let sizes = try commonSizes(terms)
        // An axis of size 1 that meets a longer one repeats: without it, the product is the same.
        terms = terms.map { term in
            let kept = term.labels.filter { term.size(of: $0) == sizes[$0] }
            return Term(tensor: term.tensor.reshaped(to: Shape(kept.map { term.size(of: $0) })), labels: kept)
        }
        guard var result = terms.first else { internalFault("\(operation) without tensors") }
        for (index, term) in terms.enumerated().dropFirst() {
            let needed = Set(terms[(index + 1)...].flatMap(\.labels) + output)
            result = product(result, term, needed: needed)
            if result.tensor.value.isPlaceholder { return result.tensor }
        }
        result = summed(result, to: Set(output))
        return result.tensor.permuted(order: output.compactMap { result.labels.firstIndex(of: $0) })
    }

    /// A label that stands twice on one tensor means its diagonal.
    private func diagonal(_ term: Term) throws(TensorError) -> Term {
        var term = term
        while let second = term.labels.indices.first(where: { term.labels[..<$0].contains(term.labels[$0]) }) {
            let label = term.labels[second]
            let first = term.labels.firstIndex(of: label) ?? second
            guard term.tensor.shape[first] == term.tensor.shape[second] else {
                throw differing(label, term.tensor.shape[first], term.tensor.shape[second])
            }
            term.tensor = term.tensor.diagonal(rows: first, columns: second)
            term.labels.remove(at: second)
            term.labels.remove(at: first)
            term.labels.append(label)
        }
        return term
    }

    private func commonSizes(_ terms: [Term]) throws(TensorError) -> [Int: Int] {
        var sizes: [Int: Int] = [:]
        for term in terms {
            for label in term.labels {
                let size = term.size(of: label)
                let known = sizes[label] ?? 1
                guard known == size || known == 1 || size == 1 else { throw differing(label, known, size) }
                sizes[label] = known == 1 ? size : known
            }
        }
        return sizes
    }

    private func differing(_ label: Int, _ first: Int, _ second: Int) -> TensorError {
        TensorError(
            .shapeMismatch, operation: operation, "\(name(label)) has sizes \(first) and \(second)",
            remedy: "what runs together must have equal sizes, or 1")
    }

    private func summed(_ term: Term, to kept: Set<Int>) -> Term {
        let gone = term.labels.indices.filter { !kept.contains(term.labels[$0]) }
        guard !gone.isEmpty else { return term }
        // A sum of whole numbers comes as int64.
        let sum = term.tensor.reduced("sum", .sum, over: gone, keepDims: false).converted(to: term.tensor.dtype)
        return Term(tensor: sum, labels: term.labels.filter { kept.contains($0) })
    }

    /// Two tensors as one batch of matrix products.
    private func product(_ left: Term, _ right: Term, needed: Set<Int>) -> Term {
        let left = summed(left, to: needed.union(right.labels))
        let right = summed(right, to: needed.union(left.labels))
        let shared = left.labels.filter { right.labels.contains($0) }
        let batch = shared.filter { needed.contains($0) }
        let inner = shared.filter { !needed.contains($0) }
        let rows = left.labels.filter { !shared.contains($0) }
        let columns = right.labels.filter { !shared.contains($0) }
        let a = matrices(left, batch, rows, inner)
        let b = matrices(right, batch, inner, columns)
        let product = inner.isEmpty ? a * b : a.matmul(b)
        let labels = batch + rows + columns
        let sizes = (batch + rows).map { left.size(of: $0) } + columns.map { right.size(of: $0) }
        return Term(tensor: product.reshaped(to: Shape(sizes)), labels: labels)
    }

    /// The axes in an order, merged to matrices; without a batch to one matrix.
    private func matrices(_ term: Term, _ batch: [Int], _ rows: [Int], _ columns: [Int]) -> Tensor {
        let order = (batch + rows + columns).compactMap { term.labels.firstIndex(of: $0) }
        let sizes = [batch, rows, columns].map { $0.reduce(1) { $0 * term.size(of: $1) } }
        return term.tensor.permuted(order: order)
            .reshaped(to: batch.isEmpty ? Shape(sizes.dropFirst()) : Shape(sizes))
    }
}
