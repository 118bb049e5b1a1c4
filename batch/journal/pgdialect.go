package journal

import (
	"database/sql"
	"regexp"
	"strings"
)

// postgresDialect translates what SQLite alone understands: which index to use and in which order to join, which
// PostgreSQL finds out by itself, and functions that have other names there.
func postgresDialect() dialect {
	hint := regexp.MustCompile(`\s+INDEXED BY \w+`)
	words := strings.NewReplacer(
		"CROSS JOIN", "JOIN",
		"json_group_array(", "json_agg(",
		"json_array(", "json_build_array(",
		"json_each(", "texts_of(",
		"instr(", "strpos(",
		"ORDER BY rowid", "ORDER BY seq",
	)
	return dialect{
		text:   func(query string) string { return words.Replace(hint.ReplaceAllString(query, "")) },
		args:   storable,
		aborts: true,
	}
}

// storable replaces what PostgreSQL keeps in no text: bytes that are no UTF-8, and zeros.
func storable(args []any) []any {
	clean := func(s string) string {
		return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
	}
	for i, a := range args {
		switch a := a.(type) {
		case string:
			args[i] = clean(a)
		case sql.NullString:
			a.String = clean(a.String)
			args[i] = a
		}
	}
	return args
}
