package command

import "testing"

// TestTheNextCommandIsTypedAsThisOne: with its journal, and with how late orders may appear.
func TestTheNextCommandIsTypedAsThisOne(t *testing.T) {
	for _, tt := range []struct {
		said        said
		words, want string
	}{
		{said{}, "bulkorder settle b", "bulkorder settle b"},
		{said{after: " --after 5s"}, "bulkorder settle b --wait", "bulkorder settle --after 5s b --wait"},
		{said{after: " --after 5s"}, "bulkorder resume b", "bulkorder resume --after 5s b"},
		{said{after: " --after 5s"}, "bulkorder explain b 3", "bulkorder explain b 3"},
		{said{shared: " --journal my.db", after: " --after 5s"},
			"Row 3: `bulkorder settle b` looks again; `bulkorder show b`.",
			"Row 3: `bulkorder --journal my.db settle --after 5s b` looks again; `bulkorder --journal my.db show b`."},
		{said{shared: " --journal my.db"}, "bulkorder show b", "bulkorder --journal my.db show b"},
	} {
		if got := tt.said.in(tt.words); got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
}
