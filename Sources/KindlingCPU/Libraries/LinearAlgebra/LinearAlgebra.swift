// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension CPUBackend {
    /// Factorizations by OpenBLAS's LAPACK, matrix by matrix.
    func linearAlgebra(
        _ request: LinearAlgebra, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        let first = inputs[0]
        let second = inputs.count > 1 ? inputs[1] : nil
        let output = outputs[0]
        switch first.dtype {
        case .float32: try MatrixBatch<Float>(request, first, second, output, self).run()
        case .float64: try MatrixBatch<Double>(request, first, second, output, self).run()
        case .float16, .bfloat16, .int32, .int64, .uint8, .bool:
            throw TensorError(
                .dtypeMismatch, operation: request.operation, "\(first.dtype.name) is not float32 or float64",
                remedy: "convert it: converted(to: .float32)")
        }
    }
}

/// The matrices of a request, in one precision.
struct MatrixBatch<Scalar: LAPACKScalar> {
    let request: LinearAlgebra
    let batch: Shape
    /// The sizes of each matrix.
    let rows: Int
    let columns: Int
    /// The columns of each right side; 0 where there is none.
    let rightColumns: Int
    let input: UnsafeMutablePointer<Scalar>
    let right: UnsafeMutablePointer<Scalar>
    let output: UnsafeMutablePointer<Scalar>
    private let backend: CPUBackend

    init(
        _ request: LinearAlgebra, _ first: Operand, _ second: Operand?, _ output: Operand, _ backend: CPUBackend
    ) throws(TensorError) {
        // A matrix without elements has no memory; its place is never read.
        guard let target = output.address else {
            throw TensorError(
                .deviceMismatch, operation: request.operation, "an operand has no address in host memory",
                remedy: "move every tensor of the operation to the device 'cpu'")
        }
        let shape = first.shape
        self.request = request
        batch = Shape(shape.dimensions.dropLast(2))
        rows = shape[shape.rank - 2]
        columns = shape.last
        rightColumns = second?.shape.last ?? 0
        self.output = target.assumingMemoryBound(to: Scalar.self)
        input = (first.address ?? target).assumingMemoryBound(to: Scalar.self)
        right = (second?.address ?? target).assumingMemoryBound(to: Scalar.self)
        self.backend = backend
        for size in [rows, columns, rightColumns] where size >= Int(Int32.max) {
            throw tooLarge("a size of \(size)")
        }
    }

    func run() throws(TensorError) {
        _ = OpenBLAS.isSingleThreaded
        switch request.function {
        case .cholesky: try cholesky()
        case .solve: try solve()
        case .triangularSolve(let triangle): try solve(triangle)
        case .orthogonalTriangular(let complete): try orthogonalTriangular(complete: complete)
        case .singularValues: try singularValues()
        case .symmetricEigen: try symmetricEigen()
        case .determinant: try determinant()
        }
    }

    /// The number of matrices.
    var count: Int { batch.elementCount }
    /// The elements of each.
    var matrixCount: Int { rows &* columns }

    /// The error for one matrix.
    func failure(_ failure: LinearAlgebra.Failure, _ matrix: Int) -> TensorError {
        request.failure(failure, matrix: matrix, of: batch)
    }

    /// What LAPACK's 32-bit sizes cannot count.
    func tooLarge(_ what: String) -> TensorError {
        TensorError(
            .invalidValue, operation: request.operation,
            "matrices of \(rows) x \(columns) need \(what), which LAPACK cannot count",
            remedy: "use smaller matrices, or a method that needs only products, as conjugate gradients")
    }

    /// Room for numbers, that lives as long as what is given back.
    func room(_ count: Int) throws(TensorError) -> Room<Scalar> { try memory(count) }

    /// Room for whole numbers.
    func integers(_ count: Int) throws(TensorError) -> Room<Int32> { try memory(count) }

    private func memory<Element>(_ count: Int) throws(TensorError) -> Room<Element> {
        let storage = try backend.allocate(byteCount: max(1, count) * MemoryLayout<Element>.stride)
        guard let address = storage.address else { throw .noWorkspace(request.operation) }
        return Room(storage: storage, address: address.assumingMemoryBound(to: Element.self))
    }

    /// The room that a routine asked for, in the first element of its work.
    func work(asked: Scalar) throws(TensorError) -> (room: Room<Scalar>, count: Int32) {
        // Single precision may have rounded a large count down.
        guard asked.isFinite, let count = Int32(exactly: max(1, asked.nextUp.rounded(.up))) else {
            throw tooLarge("\(asked) elements of workspace")
        }
        return (try room(Int(count)), count)
    }

    /// Whether all elements are finite.
    func isFinite(_ elements: UnsafeMutablePointer<Scalar>, _ count: Int) -> Bool {
        for index in 0..<count where !elements[index].isFinite { return false }
        return true
    }

    /// Writes a `rows × columns` row-major matrix as its transpose.
    func transpose(
        _ source: UnsafeMutablePointer<Scalar>, _ rows: Int, _ columns: Int, into target: UnsafeMutablePointer<Scalar>
    ) {
        for row in 0..<rows {
            for column in 0..<columns { target[column &* rows &+ row] = source[row &* columns &+ column] }
        }
    }
}

/// Memory for the length of a request.
struct Room<Element> {
    let storage: Storage
    let address: UnsafeMutablePointer<Element>
}
