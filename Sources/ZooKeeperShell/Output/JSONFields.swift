/// The scalar fields of a JSON text, each with its path: `.database.hosts[0]`.
enum JSONFields {
    /// In the text's order; nil for what is no JSON object or array.
    ///
    /// Empty objects and arrays count as values.
    static func fields(of bytes: [UInt8]) -> [(field: String, value: String)]? {
        guard let value = JSONReader.value(of: bytes[...]) else { return nil }
        var fields: [(field: String, value: String)] = []
        switch value {
        case .object, .array: add(value, "", to: &fields)
        case .null, .bool, .number, .string: return nil
        }
        return fields
    }

    private static func add(
        _ value: JSONReader.Value, _ path: String, to fields: inout [(field: String, value: String)]
    ) {
        switch value {
        case .null: fields.append((path, "null"))
        case .bool(let value): fields.append((path, value ? "true" : "false"))
        case .number(let text): fields.append((path, text))
        case .string(let text): fields.append((path, JSON.string(text).text))
        case .array(let elements):
            if elements.isEmpty { fields.append((path, "[]")) }
            for (index, element) in elements.enumerated() { add(element, "\(path)[\(index)]", to: &fields) }
        case .object(let members):
            if members.isEmpty { fields.append((path, "{}")) }
            for member in members { add(member.value, path + "." + member.name, to: &fields) }
        }
    }
}
