// SPDX-License-Identifier: Apache-2.0
import KindlingDeclarations
import KindlingOptim
import Testing

/// What recipes refuse of optimizers and schedules.
@Suite struct RecipeRangeTests {
    @Test func everyNumberOutsideItsRangeIsRefused() {
        let optimizers = refusals(Optimizers.kind, Optimizers.all), schedules = refusals(Schedules.kind, Schedules.all)
        #expect(optimizers.count > 50)
        #expect(schedules.count > 25)
        for refusal in optimizers + schedules {
            #expect(refusal.message.contains("expected \(refusal.range), found '-7'"), "\(refusal)")
        }
    }

    /// What is said of −7 in every field that does not take it; all other fields are left out.
    private func refusals<Product>(
        _ kind: ComponentKind<Product>, _ components: [Component<Product>]
    ) -> [(component: String, field: String, range: FieldRange, message: String)] {
        components.flatMap { component in
            component.fields.filter { !$0.range.contains(-7) }.map { field in
                let reader = RecipeReader()
                let written = field.type.isList ? list(scalar("-7")) : scalar("-7")
                _ = kind.make(from: mapping(component.type, (field.key, written)), reader)
                let messages = reader.problems.map(\.message).joined(separator: "; ")
                return (component.type, field.key, field.range, messages)
            }
        }
    }
}

extension FieldType {
    /// Whether it is written in brackets.
    fileprivate var isList: Bool {
        switch self {
        case .list: true
        case .optional(let wrapped): wrapped.isList
        case .integer, .number, .string, .boolean, .choice, .either, .component, .section: false
        }
    }
}
