package parse

// FieldsOf tells which field each header names by its own words; "" where it names none. What a person said of the
// columns isn't known here.
func FieldsOf(headers []string) []string {
	words, fields := newVocabulary(nil), make([]string, len(headers))
	for i, header := range headers {
		fields[i] = words.of(header)
	}
	return fields
}
