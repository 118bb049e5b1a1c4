package parse

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTheTableOfFields: each field has all that headers, templates and help say of it, and no name of one is a name of
// another.
func TestTheTableOfFields(t *testing.T) {
	apiName := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	owner := map[string]string{}
	var names []string
	for _, f := range KnownFields() {
		names = append(names, f.Name)
		if !apiName.MatchString(f.Name) || f.Heading == "" || f.Example == "" && f.Name != "service" {
			t.Errorf("%+v says too little", f)
		}
		if Fold(f.Heading) != Fold(f.Name) {
			t.Errorf("the heading %q isn't read as %s", f.Heading, f.Name)
		}
		for _, name := range append(strings.Fields(f.names), Fold(f.Name)) {
			if Fold(name) != name {
				t.Errorf("%s: the name %q is never met: headers are folded", f.Name, name)
			}
			if other := owner[name]; other != "" {
				t.Errorf("%q is a name of %s and of %s", name, other, f.Name)
			}
			owner[name] = f.Name
		}
	}
	if !slices.Equal(names, Names()) {
		t.Errorf("the fields are %v, and their names %v", names, Names())
	}
}

func TestAFieldThatOnlyTheConfigurationKnows(t *testing.T) {
	got := FieldNamed("landing_page_url")
	if got.Heading != "Landing page URL" || got.IsList() || got.IsWhole() {
		t.Errorf("it is %+v", got)
	}
}

// TestARemarkInRussianIsNoListOfComments: one letter parts the word for a remark from that for comments.
func TestARemarkInRussianIsNoListOfComments(t *testing.T) {
	words := newVocabulary(nil)
	for text, want := range map[string]string{
		"Комментарий": "", "Комментарии": "comments", "Quantite": "quantity", "QUANTITÉ": "quantity", "MİKTAR": "quantity",
		"BAGLANTI": "link", "Dịch vụ": "service", "Dich vu": "service", "Số lượng": "quantity",
	} {
		if got := words.of(text); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

// TestAHeadThatBearsAUnitIsNoField: hours aren't minutes, and a total is no quantity of a run.
func TestAHeadThatBearsAUnitIsNoField(t *testing.T) {
	words := newVocabulary(nil)
	for text, want := range map[string]string{
		"Interval (hours)": "interval", "Total quantity": "quantity", "Quantity (k)": "quantity", "Miktar x1000": "quantity",
		"Interval (minutes)": "", "Quantity": "", "Total price": "", "Hours": "",
	} {
		if got := words.measured(text); got != want || want != "" && words.of(text) != "" {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}
