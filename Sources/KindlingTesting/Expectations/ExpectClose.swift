// SPDX-License-Identifier: Apache-2.0

internal import KindlingBackend
public import KindlingEngine

/// Expects a tensor to have the shape, the type and, within a tolerance, the elements of another.
///
/// Element by element |a − e| ≤ tolerance · max(1, |e|): absolute for small numbers, relative for large ones. NaN
/// agrees with NaN, and an infinity with itself. Types are compared too; convert one to let them differ.
///
///     try expectClose(layer(x), Tensor([[0.5, 0.25]]), tolerance: 1e-6)
/// - Throws: `TensorMismatch` with the first bad element; `TensorError` when elements cannot be read.
public func expectClose(
    _ actual: Tensor, _ expected: Tensor, tolerance: Double, fileID: StaticString = #fileID, line: UInt = #line
) throws {
    guard actual.spec == expected.spec else {
        throw TensorMismatch("\(actual.spec) where \(expected.spec) was expected", fileID: fileID, line: line)
    }
    let found = try actual.array(of: Double.self)
    let wanted = try expected.array(of: Double.self)
    let bad = found.indices.filter { !agrees(found[$0], wanted[$0], tolerance) }
    guard let first = bad.first else { return }
    throw TensorMismatch(
        "element \(position(first, in: actual.shape)) of \(actual.shape) is \(found[first]) where \(wanted[first]) was "
            + "expected (tolerance \(tolerance)); \(bad.count) of \(found.count) elements differ",
        fileID: fileID, line: line)
}

/// Expects a tensor to have the shape, the type and exactly the elements of another.
///
/// Integers are compared as integers, so large ones are not rounded first.
/// - Throws: As ``expectClose(_:_:tolerance:fileID:line:)``.
public func expectEqual(
    _ actual: Tensor, _ expected: Tensor, fileID: StaticString = #fileID, line: UInt = #line
) throws {
    if actual.spec == expected.spec, actual.dtype == .int64 {
        let (found, wanted) = (try actual.array(of: Int64.self), try expected.array(of: Int64.self))
        guard let bad = found.indices.first(where: { found[$0] != wanted[$0] }) else { return }
        throw TensorMismatch(
            "element \(position(bad, in: actual.shape)) is \(found[bad]) where \(wanted[bad]) was expected",
            fileID: fileID, line: line)
    }
    try expectClose(actual, expected, tolerance: 0, fileID: fileID, line: line)
}

private func agrees(_ found: Double, _ wanted: Double, _ tolerance: Double) -> Bool {
    if found == wanted || (found.isNaN && wanted.isNaN) { return true }
    guard wanted.isFinite else { return false }
    return abs(found - wanted) <= tolerance * max(1, abs(wanted))
}

/// The index along each axis of an element counted row-major.
func position(_ element: Int, in shape: Shape) -> [Int] {
    var rest = element
    var result = [Int](repeating: 0, count: shape.rank)
    for axis in shape.dimensions.indices.reversed() where shape[axis] > 0 {
        result[axis] = rest % shape[axis]
        rest /= shape[axis]
    }
    return result
}
