package parse

import (
	"encoding/json"
	"slices"
	"testing"
)

// TestWhatARowAsks: a remark asks nothing, what is wrong is no warning, and each warning is named once.
func TestWhatARowAsks(t *testing.T) {
	got := Asks([]Problem{
		{Rule: "comments-numbered", Warning: true, Asks: "comments"},
		{Rule: "link-platform", Warning: true, Asks: "platform"},
		{Rule: "comments-repeated", Warning: true, Asks: "comments"},
		{Rule: "cell-too-long", Warning: true},
		{Rule: "link-shape", Asks: "shape"}, // --strict-links has made a problem of it
	})
	if want := []string{"platform", "comments"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestNothingOfAWarningIsKeptWhereNoneIs: books hold problems by the million.
func TestNothingOfAWarningIsKeptWhereNoneIs(t *testing.T) {
	text, err := json.Marshal(Problem{Rule: "link-form"})
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err = json.Unmarshal(text, &fields); err != nil || fields["Asks"] != nil || fields["Option"] != nil {
		t.Errorf("%s: %v", text, err)
	}
}
