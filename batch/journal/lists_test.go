package journal

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkorder/batch/panel"
)

// TestListsAreReadAsTheyWereWritten: whatever a person's cells hold, and as any decoder of JSON reads them.
func TestListsAreReadAsTheyWereWritten(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := []rune("ab\"\\/&<>{}[],: \n\t\x00é\u2028😀")
	for range 20_000 {
		texts := make([]string, random.IntN(5))
		for i := range texts {
			for range random.IntN(6) {
				texts[i] += string(letters[random.IntN(len(letters))])
			}
		}
		if got, err := decodeTexts([]byte(encode(texts))); err != nil || !slices.Equal(got, texts) {
			t.Fatalf("%q is read as %q (%v)", texts, got, err)
		}
		var params []panel.Param
		for _, s := range texts {
			params = append(params, panel.Param{Name: s, Value: s + s})
		}
		if got, err := decodeParams([]byte(encode(params))); err != nil || !slices.Equal(got, params) {
			t.Fatalf("%q is read as %q (%v)", params, got, err)
		}
	}
	for _, odd := range []string{
		`null`, ` [ "a" , "b" ] `, `["a"`, `["a",]`, `[1]`, `{}`, ``, `["a"]x`, `["\u00e9\ud83d"]`,
	} {
		var want []string
		wrong := json.Unmarshal([]byte(odd), &want)
		got, err := decodeTexts([]byte(odd))
		if (err != nil) != (wrong != nil) || cmp.Diff(want, got) != "" && wrong == nil {
			t.Errorf("%s: %q, %v; want %q, %v", odd, got, err, want, wrong)
		}
		_, err = decodeParams([]byte(odd))
		var params []panel.Param
		if wrong := json.Unmarshal([]byte(odd), &params); (err != nil) != (wrong != nil) {
			t.Errorf("%s: %v; want %v", odd, err, wrong)
		}
	}
}
