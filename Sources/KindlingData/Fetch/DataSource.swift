// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The files of a data set and how to come by them.
struct DataSource: Sendable {
    /// What it is called in messages: `MNIST`.
    let name: String
    /// Its subfolder: `mnist`.
    let folder: String
    /// The files, all needed; for each the names under which it is accepted, the best first.
    let files: [[String]]
    /// Where it is published.
    let published: String

    /// The paths of all files, in order, from the first place that has them all.
    /// - Throws: `DataError` with every place that was looked at.
    func locate(in directories: DataDirectories) throws(DataError) -> [String] {
        var looked: [String] = []
        for place in directories.places {
            let exists = isFolder(place.path)
            guard exists || !place.isExplicit else {
                throw DataError(
                    .notFound, path: place.path, "there is no such folder, named by \(place.origin)",
                    remedy: "correct the path, or leave it out")
            }
            for folder in ["\(place.path)/\(self.folder)", place.path] {
                let found = files.map { names in names.map { "\(folder)/\($0)" }.first(where: isFile) }
                let paths = found.compactMap { $0 }
                if paths.count == files.count { return paths }
                looked.append("  \(folder) (\(place.origin)\(missing(found, folder)))")
            }
        }
        throw DataError(
            .notFound, "\(name) is in none of these folders:\n\(looked.joined(separator: "\n"))",
            remedy: "get \(files.map { $0[0] }.joined(separator: ", ")) from \(published), put them into a folder"
                + " \(folder)/, and name the folder above it by --data-dir, data_dir or KINDLING_DATA")
    }

    private func missing(_ found: [String?], _ folder: String) -> String {
        guard isFolder(folder) else { return ": no such folder" }
        guard found.contains(where: { $0 != nil }) else { return "" }
        return ": has no " + zip(found, files).filter { $0.0 == nil }.map { $0.1[0] }.joined(separator: ", ")
    }
}

extension DataDirectories {
    /// The path of a file that somebody named: as it is where absolute, else in the current folder or in one of these.
    /// - Throws: `DataError` with every place that was looked at.
    func file(_ path: String) throws(DataError) -> String {
        guard !path.isEmpty else { throw DataError(.invalidValue, "the path of a file is empty") }
        if path.hasPrefix("/") {
            guard isFile(path) else { throw DataError(.notFound, path: path, "there is no such file") }
            return path
        }
        for place in places where place.isExplicit && !isFolder(place.path) {
            throw DataError(
                .notFound, path: place.path, "there is no such folder, named by \(place.origin)",
                remedy: "correct the path, or leave it out")
        }
        // A folder that somebody named for this run goes before the current one.
        let named = places.filter(\.isExplicit), others = places.filter { !$0.isExplicit }
        let all = named.map { "\($0.path)/\(path)" } + [path] + others.map { "\($0.path)/\(path)" }
        if let found = all.first(where: isFile) { return found }
        throw DataError(
            .notFound, "there is none of these files:\n\(all.map { "  \($0)" }.joined(separator: "\n"))",
            remedy: "correct the path, or name the folder above it by --data-dir, data_dir or KINDLING_DATA")
    }
}

private func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
}

private func isFile(_ path: String) -> Bool { mode(path) == S_IFREG }
private func isFolder(_ path: String) -> Bool { mode(path) == S_IFDIR }
