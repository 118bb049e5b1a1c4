package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// inDoubt places rows of which one is in doubt, though the panel has its order.
func inDoubt(t *testing.T) (v *visit, cards, row, order string) {
	v = newVisit(t)
	sheet, _ := v.upload("a.csv", sheetOf("1,"+link+"1,100", "1,"+link+"2,200", "1,"+link+"3,300"))
	batch := v.place(sheet)
	v.faults("add:closed:after:n=2")
	v.send()
	for _, o := range v.panel.Ledger() {
		if o.Fault != "" {
			order = o.ID
		}
	}
	_, text := v.get("/batches/" + batch + "/doubt")
	row = regexp.MustCompile(`aria-label="Row ([0-9]+)"`).FindStringSubmatch(text)[1]
	return v, "/batches/" + batch + "/doubt", row, order
}

// TestADoubtShowsWhatItMayBe: each order that it may be with its charge and when it was seen, to be pressed; what left
// the balance; until when it can't be said that it was not placed; and nothing of the terminal's words.
func TestADoubtShowsWhatItMayBe(t *testing.T) {
	v, cards, row, order := inDoubt(t)
	_, text := v.post(cards, url.Values{"do": {"settle"}})
	wants(t, text, `name="take" value="`+order+`"`, "Order "+order, "Charged", "seen", "Left the balance",
		"until ", " UTC", `href="/accounts"`, "although these orders stand there")
	if found := regexp.MustCompile("--[a-z]+|configuration|`bulkorder").FindString(text); found != "" {
		t.Errorf("it says %q: %s", found, text)
	}
	_, text = v.get(cards + "?row=" + row + "&reason=seen+there&take=" + order)
	wants(t, text, `name="order" value="`+order+`"`, `name="reason" value="seen there"`)
	if _, text = v.get(cards); strings.Contains(text, "No row is in doubt") {
		t.Error("looking decides")
	}
}

// TestARowIsNotSaidToBeAbsentWhileItsOrderMayStillAppear: whoever says that they mean it.
func TestARowIsNotSaidToBeAbsentWhileItsOrderMayStillAppear(t *testing.T) {
	v, cards, row, order := inDoubt(t)
	said := url.Values{"row": {row}, "do": {"not-placed"}, "reason": {"seen"}, "agree": {"on"}, "although": {order}}
	code, text := v.post(cards, said)
	if code != 422 {
		t.Fatalf("%d: %s", code, text)
	}
	wants(t, text, "may still appear until ")
	if strings.Contains(text, "All the same") {
		t.Error("it can be agreed to")
	}
}

// TestOrdersThatStandThereAreNamedToBeDenied: once nothing more can appear, who says that a row was not placed ticks that
// these orders are none of it.
func TestOrdersThatStandThereAreNamedToBeDenied(t *testing.T) {
	v, cards, row, order := inDoubt(t)
	v.late = time.Nanosecond
	v.starts()
	_, text := v.post(cards, url.Values{"row": {row}, "do": {"not-placed"}, "reason": {"seen"}})
	if strings.Contains(text, "No row is in doubt") || strings.Contains(text, "--although") {
		t.Fatal(text)
	}
	wants(t, text, `name="although" value="`+order+`"`, "although these orders stand there", order)
}
