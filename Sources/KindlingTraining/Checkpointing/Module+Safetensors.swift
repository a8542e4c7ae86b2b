// SPDX-License-Identifier: Apache-2.0
internal import KindlingIO
public import KindlingNN

extension Module {
    /// Takes weights and statistics from a safetensors file, such as one of torchvision's models.
    ///
    ///     let net = ResNet(depth: 18)
    ///     try net.load(safetensors: "resnet18.safetensors", renaming: ResNet.torchvisionNames)
    ///
    /// To begin from another task's network, leave its last layer out:
    ///
    ///     let renaming = ResNet.torchvisionNames.adding([.drop("fc")])
    ///     try ResNet(depth: 18, numClasses: 10).load(safetensors: path, renaming: renaming, strict: false)
    /// - Parameters:
    ///   - path: The file.
    ///   - renaming: How its names become the module's.
    ///   - strict: Whether every name must be on both sides; else what is on both is taken.
    /// - Returns: The names that are on one side only; there are none when `strict`.
    /// - Throws: `FileError` for the file, `StateDictionaryError` with every difference; nothing is changed then.
    @discardableResult
    public func load(
        safetensors path: String, renaming: StateRenaming = .none, strict: Bool = true
    ) throws -> StateDictionaryError {
        try load(
            stateDictionary: renaming.applied(to: SafetensorsFile(path: path).tensors()), strict: strict)
    }

    /// Writes weights and statistics to a safetensors file, replacing the file in one step.
    ///
    ///     try net.save(safetensors: "for-pytorch.safetensors", renaming: ResNet.torchvisionNames.reversed)
    /// - Parameters:
    ///   - path: The file.
    ///   - renaming: How names here become the file's.
    ///   - metadata: Texts to go with them.
    /// - Throws: `FileError` for the file; `TensorError` with the code `notBuilt`, where a shape waits for an input.
    public func save(
        safetensors path: String, renaming: StateRenaming = .none, metadata: [String: String] = [:]
    ) throws {
        try Safetensors.write(renaming.applied(to: stateDictionary()), metadata: metadata, to: path)
    }
}
