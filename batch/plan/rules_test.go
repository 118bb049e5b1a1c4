package plan

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// TestEveryRuleHasATest: each is told of some row of [ruleCases], or by a test of its own.
func TestEveryRuleHasATest(t *testing.T) {
	told := map[string]bool{}
	for _, c := range ruleCases() {
		for _, rule := range strings.Fields(strings.NewReplacer("(", "", ")", "").Replace(c.want)) {
			told[rule] = true
		}
	}
	elsewhere := []string{"panel-unknown", "panel-missing", "ref-doubled", "service-renamed", "expiry-date",
		"target-again",
		"keywords-in-line", "comments-in-line", "comments-not-understood",
		"link-invisible-letter", "link-look-alike"}
	for _, rule := range elsewhere {
		told[rule] = true
	}
	ids := map[string]bool{}
	for _, r := range CheckRules() {
		if r.Title == "" || r.Wrong == "" || r.Mend == "" || ids[r.ID] {
			t.Errorf("%+v lacks something, or stands twice", r)
		}
		ids[r.ID] = true
		like := regexp.MustCompile("^" + strings.Replace(regexp.QuoteMeta(r.ID), `\{field\}`, "[a-z_]+", 1) + "$")
		found := false
		for rule := range told {
			found = found || like.MatchString(rule)
		}
		if !found {
			t.Errorf("%s: no row of a test breaks it", r.ID)
		}
	}
}

// TestNoWordIsLeftInBraces: whatever stands in a rule's words in braces is put there.
func TestNoWordIsLeftInBraces(t *testing.T) {
	for _, c := range ruleCases() {
		_, problems := checkRow(t, c.header, c.row)
		for _, p := range problems {
			if words := []string{p.Rule, p.Wrong, p.Mend}; slices.ContainsFunc(words, func(w string) bool {
				return strings.ContainsAny(w, "{}")
			}) {
				t.Errorf("%s: %q", c.name, words)
			}
		}
	}
}

// TestADayThatNoSheetCanHold: the reader of sheets has refused it already, but rows may come from elsewhere.
func TestADayThatNoSheetCanHold(t *testing.T) {
	p, _ := panel.Preset("igadda")
	rules := Rules{Panel: p, Catalogue: catalogue(), Today: time.Date(2026, 6, 15, 13, 0, 0, 0, time.UTC)}
	_, problems := rules.Order(Place{}, parse.Row{Fields: parse.Fields{
		Service: "5", Username: "someone", Min: "10", Max: "20", Delay: "30", Expiry: "2030-12-31",
	}})
	if len(problems) != 1 || problems[0].Rule != "expiry-date" {
		t.Errorf("got %v", problems)
	}
}

// TestWhatIsAcceptedForAServiceIsNamedByIt: a word holds for later sheets where the rule names the service that it is
// about, and for no other rule: whoever accepts that a row is done has said nothing about the next sheet. A column that
// contradicts the order is the sheet's, though its rule names the service too.
func TestWhatIsAcceptedForAServiceIsNamedByIt(t *testing.T) {
	for _, r := range CheckRules() {
		w, asks := parse.WarningNamed(r.Asks)
		if asks && w.Name != "contradiction" && w.OfService() != strings.Contains(r.Wrong, "{service}") {
			t.Errorf("%s: accepted for the service %v, and says %q", r.ID, w.OfService(), r.Wrong)
		}
	}
	for _, name := range strings.Fields("contradiction dripfeed thousands hidden done struck note comments") {
		if w, known := parse.WarningNamed(name); !known || w.OfService() {
			t.Errorf("%s is accepted for later sheets", name)
		}
	}
}
