// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization

/// Symbols and source lines of the running program, read with elfutils' libdw.
///
/// The library is opened when the first place is asked for, and only then: nothing else needs it, and without it
/// messages have no source line. It works on the files that the program was loaded from, never on its memory.
enum DebugInformation {
    /// One at a time: the library keeps state of its own.
    private static let library = Mutex<Library?>(Library())

    /// What `choose` makes of the first address that it answers for.
    /// - Parameters:
    ///   - addresses: Places in code, innermost first.
    ///   - choose: Gets symbol, path and line.
    static func first(
        of addresses: [UInt], where choose: (_ symbol: String, _ path: String, _ line: Int) -> String?
    ) -> String? {
        library.withLock { library in
            guard let library, let session = library.begin(library.callbacks) else { return nil }
            defer { library.end(session) }
            // A process whose map cannot be read has no places to name.
            guard library.report(session, getpid()) == 0, library.reported(session, nil, nil) == 0 else { return nil }
            for address in addresses {
                guard let (symbol, path, line) = library.place(of: UInt64(address), in: session) else { continue }
                if let chosen = choose(symbol, path, line) { return chosen }
            }
            return nil
        }
    }

    /// The functions of libdw that are needed here, by the names of its manual.
    private struct Library {
        typealias Pointer = UnsafeMutableRawPointer
        typealias Text = UnsafePointer<CChar>

        let callbacks: Pointer
        let begin: @convention(c) (Pointer) -> Pointer?
        let end: @convention(c) (Pointer) -> Void
        let report: @convention(c) (Pointer, pid_t) -> CInt
        let reported: @convention(c) (Pointer, Pointer?, Pointer?) -> CInt
        private let module: @convention(c) (Pointer, UInt64) -> Pointer?
        private let symbol: @convention(c) (Pointer, UInt64) -> Text?
        private let nextUnit: @convention(c) (Pointer, Pointer?, UnsafeMutablePointer<UInt64>) -> Pointer?
        private let covers: @convention(c) (Pointer, UInt64) -> CInt
        private let line: @convention(c) (Pointer, UInt64) -> Pointer?
        private let number: @convention(c) (Pointer, UnsafeMutablePointer<CInt>) -> CInt
        private let path: @convention(c) (Pointer, Pointer?, Pointer?) -> Text?

        /// Nil where the library is not installed.
        init?() {
            guard let handle = dlopen("libdw.so.1", RTLD_NOW | RTLD_LOCAL) else { return nil }
            func find<Function>(_ name: String) -> Function? {
                dlsym(handle, name).map { unsafeBitCast($0, to: Function.self) }
            }
            guard let begin: @convention(c) (Pointer) -> Pointer? = find("dwfl_begin"),
                let end: @convention(c) (Pointer) -> Void = find("dwfl_end"),
                let report: @convention(c) (Pointer, pid_t) -> CInt = find("dwfl_linux_proc_report"),
                let reported: @convention(c) (Pointer, Pointer?, Pointer?) -> CInt = find("dwfl_report_end"),
                let module: @convention(c) (Pointer, UInt64) -> Pointer? = find("dwfl_addrmodule"),
                let symbol: @convention(c) (Pointer, UInt64) -> Text? = find("dwfl_module_addrname"),
                let nextUnit: @convention(c) (Pointer, Pointer?, UnsafeMutablePointer<UInt64>) -> Pointer? =
                    find("dwfl_module_nextcu"),
                let covers: @convention(c) (Pointer, UInt64) -> CInt = find("dwarf_haspc"),
                let line: @convention(c) (Pointer, UInt64) -> Pointer? = find("dwarf_getsrc_die"),
                let number: @convention(c) (Pointer, UnsafeMutablePointer<CInt>) -> CInt = find("dwarf_lineno"),
                let path: @convention(c) (Pointer, Pointer?, Pointer?) -> Text? = find("dwarf_linesrc"),
                let findFile = dlsym(handle, "dwfl_linux_proc_find_elf")
            else { return nil }
            // Where to look for what, as the library wants it told: find_elf, find_debuginfo, section_address and a
            // search path. Separate debug files are not searched: that may ask a server on the network.
            let noFile: @convention(c) () -> CInt = { -1 }
            let table = UnsafeMutablePointer<Pointer?>.allocate(capacity: 4)
            table.initialize(repeating: nil, count: 4)
            table[0] = findFile
            table[1] = unsafeBitCast(noFile, to: Pointer.self)
            callbacks = Pointer(table)
            (self.begin, self.end, self.report, self.reported) = (begin, end, report, reported)
            (self.module, self.symbol, self.nextUnit, self.covers) = (module, symbol, nextUnit, covers)
            (self.line, self.number, self.path) = (line, number, path)
        }

        /// Nil where debug information says nothing.
        func place(of address: UInt64, in session: Pointer) -> (symbol: String, path: String, line: Int)? {
            guard let module = module(session, address), let name = symbol(module, address) else { return nil }
            // Swift's compiler writes no index of addresses, so the units are asked one by one.
            var bias: UInt64 = 0
            var unit = nextUnit(module, nil, &bias)
            while let current = unit {
                if covers(current, address &- bias) == 1, let found = line(current, address &- bias) {
                    var row: CInt = 0
                    guard number(found, &row) == 0, let file = path(found, nil, nil) else { return nil }
                    return (String(cString: name), String(cString: file), Int(row))
                }
                unit = nextUnit(module, current, &bias)
            }
            return nil
        }
    }
}
