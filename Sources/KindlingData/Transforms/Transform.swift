// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// A change of training pictures that is drawn anew each time they are seen.
///
/// A transform gets a whole batch and one random stream a picture; what it draws for a picture may depend on that
/// picture's stream alone. Pictures keep their size.
public protocol Transform: Sendable {
    /// Changes pictures in place.
    /// - Throws: `DataError` for pictures that it cannot change.
    func apply(to pictures: inout PictureBatch, drawingFrom streams: inout [RandomStream]) throws(DataError)

    /// Refuses impossible parameters. Does nothing unless a transform says otherwise.
    /// - Throws: `DataError` with the parameter's name, its value and the rule.
    func validate() throws(DataError)
}

extension Transform {
    /// Every parameter is possible.
    public func validate() throws(DataError) {}

    /// The transform, when it can be; for recipes.
    func validated() throws(DataError) -> Self {
        try validate()
        return self
    }
}
