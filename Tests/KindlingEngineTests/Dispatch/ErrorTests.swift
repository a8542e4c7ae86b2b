// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// What happens when a tensor operation is asked for what cannot be.
@Suite struct ErrorTests {
    private func error(_ body: () throws -> Void) -> TensorError? {
        do { try body() } catch {
            var found = error as? TensorError
            // Which line it was is tested by itself.
            found?.location = ""
            return found
        }
        return nil
    }

    @Test(arguments: ErrorCase.all) func mistakeIsNamedWordForWord(_ row: ErrorCase) {
        let found = error { _ = try withTensorErrors { row.mistake() } }
        #expect(found?.description == row.message)
        #expect(found?.code == row.code)
    }

    @Test(arguments: ErrorCase.all) func mistakeIsThrownByGradientAndInNoGrad(_ row: ErrorCase) {
        let x = Tensor([1.0, 2.0])
        #expect(
            error { _ = try gradient(at: [x]) { $0[0].sum() + row.mistake().sum().converted(to: .float32) } }?
                .description == row.message)
        #expect(error { _ = try withTensorErrors { noGrad { row.mistake() } } }?.description == row.message)
    }

    @Test(arguments: ErrorCase.all) func whatFollowsFromAFailureIsSilent(_ row: ErrorCase) throws {
        var failed: Tensor?
        // Not expect(throws:), which describes what is thrown and so looks up its line.
        #expect(error { try withTensorErrors { failed = row.mistake() } } != nil)
        let placeholder = try #require(failed)
        // In a scope of its own nothing new may be noted.
        try withTensorErrors { _ = (placeholder + 1).exp() * Tensor.ones([7, 5]) }
        #expect(error { _ = try placeholder.array(of: Float.self) } != nil)
    }

    @Test func indexOutsideItsAxisIsNamed() {
        let found = error {
            _ = try withTensorErrors { Tensor([1.0, 2.0]).gathered(at: Tensor([0, 5] as [Int])) }
        }
        #expect(found?.code == .indexOutOfRange)
        #expect(found?.description.contains("5") == true)
        let classes = error {
            _ = try withTensorErrors { Tensor.zeros([1, 3]).crossEntropyRows(Tensor([3] as [Int])) }
        }
        #expect(classes?.code == .indexOutOfRange)
    }

    @Test func moreMemoryThanThereIsIsAnError() {
        let found = error { _ = try withTensorErrors { Tensor.zeros([1 << 40, 1 << 8]) } }
        #expect(found?.code == .outOfMemory)
        #expect(error { _ = try withTensorErrors { Tensor.indices(1 << 50) } }?.code == .outOfMemory)
        #expect(error { _ = try withTensorErrors { Tensor.indices(.max) } }?.code == .shapeMismatch)
    }

    @Test func firstErrorWins() {
        let found = error {
            _ = try withTensorErrors {
                let first = Tensor.zeros([2]) + Tensor.zeros([3])
                return first + Tensor.zeros([2, 3]).matmul(Tensor.zeros([2, 3]))
            }
        }
        #expect(found?.operation == "add")
    }

    @Test func failureInAnInnerScopeLeavesTheOuterOneClean() throws {
        try withTensorErrors {
            #expect(error { _ = try withTensorErrors { Tensor.zeros([2]) + Tensor.zeros([3]) } } != nil)
        }
    }

    @Test func tasksNoteInTheScopeThatTheyRunIn() async {
        let messages = await withTaskGroup(of: String?.self) { group in
            for size in 2..<6 {
                group.addTask {
                    do { _ = try withTensorErrors { Tensor.zeros([size]) + Tensor.zeros([7]) } } catch {
                        return (error as? TensorError)?.what
                    }
                    return nil
                }
            }
            return await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(messages == Set((2..<6).map { "shapes [\($0)] and [7] do not fit: sizes must be equal, or 1" }))
    }

    @Test func readingWhatIsNotOneNumberIsAnError() {
        let found = error { _ = try Tensor([1.0, 2.0]).item() }
        #expect(
            found?.description
                == "item: a tensor of shape [2] is not a single number; reduce it first: mean(), sum(), or read all "
                + "with array(of:)")
    }

    @Test func failedValueDoesNotBecomeAParameters() throws {
        let parameter = Parameter(Tensor([1.0, 2.0]))
        let buffer = Buffer(Tensor([3.0]))
        #expect(throws: TensorError.self) {
            // Of the right shape, so that nothing else refuses it.
            try withTensorErrors { parameter.value = Tensor([1.0, 2.0]).gathered(at: Tensor([0, 9] as [Int])) }
        }
        #expect(throws: TensorError.self) {
            try withTensorErrors { buffer.value = Tensor.zeros([2]) + Tensor.zeros([3]) }
        }
        try expectEqual(parameter.value, Tensor([1.0, 2.0]))
        try expectEqual(buffer.value, Tensor([3.0]))
    }

    @Test func unknownDeviceIsRefusedWithTheOnesThereAre() {
        for name in ["gpu", "", "opencl:x", "opencl:-1", "opencl:1:2", "cpu:0"] {
            #expect(throws: TensorError.self) { try Device(named: name) }
        }
    }

    @Test func descriptionOfTheLargestIntegersDoesNotTrap() {
        #expect("\(Tensor([Int.max, Int.min]))" == "Tensor(int64 [2]: [9223372036854775807, -9223372036854775808])")
        #expect("\(Tensor([true, false]))" == "Tensor(bool [2]: [true, false])")
        #expect("\(Tensor([[1.5], [2]]))" == "Tensor(float32 [2, 1]: [[1.5], [2.0]])")
    }
}
