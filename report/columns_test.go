package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

func TestTheColumnsOfResults(t *testing.T) {
	var headings []string
	for _, c := range OurColumns() {
		headings = append(headings, c.Heading)
		if want := strings.ReplaceAll(strings.ToLower(c.Heading), " ", "_"); c.JSON != want {
			t.Errorf("%s is %s in JSON, want %s", c.Heading, c.JSON, want)
		}
	}
	want := []string{"State", "Problem", "Order ID", "One of", "Charge", "Currency", "Status", "Start count", "Remains",
		"Delivered", "Refill", "Sent at", "Checked at", "Row key"}
	if diff := cmp.Diff(want, headings); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct{ name, sheet, want string }{
		{"a person's own column that is called as one of ours is kept", "Link|Status|Client|link",
			"State|Problem|Link|Status (2)|Client|link (2)|Order ID"},
		{"but for the order's id", "Link|Order ID|Client", "State|Problem|Link|Client|Order ID"},
		{"columns of results are ours", "State|Problem|Link|Order ID|Status|Row key", "State|Problem|Link|Order ID"},
		{"beside one that was the person's", "State|Problem|Link|Status (2)|Order ID|Status|Row key",
			"State|Problem|Link|Status (2)|Order ID"},
	} {
		names := strings.Join(NewColumns(strings.Split(c.sheet, "|")).Names(), "|")
		if !strings.HasPrefix(names, c.want+"|") {
			t.Errorf("%s: %s", c.name, names)
		}
	}
}

func TestDelivered(t *testing.T) {
	for _, c := range []struct {
		name, remains, want string
		params              []panel.Param
	}{
		{"some of a quantity", "300", "700", []panel.Param{{Name: "quantity", Value: "1000"}}},
		{"all", "0", "1000", []panel.Param{{Name: "quantity", Value: "1000"}}},
		{"lines of a list", "1", "2", []panel.Param{{Name: "comments", Value: "a\nb\nc"}}},
		{"not told", "", "", []panel.Param{{Name: "quantity", Value: "1000"}}},
		{"no number", "n/a", "", []panel.Param{{Name: "quantity", Value: "1000"}}},
		{"more than was ordered", "1001", "", []panel.Param{{Name: "quantity", Value: "1000"}}},
		{"below nothing", "-5", "", []panel.Param{{Name: "quantity", Value: "1000"}}},
		{"a drip-feed", "300", "", []panel.Param{{Name: "quantity", Value: "1000"}, {Name: "runs", Value: "3"}}},
		{"nothing counted", "5", "", []panel.Param{{Name: "link", Value: "a"}}},
	} {
		e := journal.Entry{State: journal.Placed, Remains: c.remains, Params: c.params}
		if got := delivered(e); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestTheReaderKnowsTheOrderID: results are a sheet again, so the column of the order's id must be found in them.
func TestTheReaderKnowsTheOrderID(t *testing.T) {
	if parse.FieldNamed("order_id").Heading != OurColumns()[NewColumns(nil).Named("order_id")].Heading {
		t.Error("the reader of sheets has another heading for the order's id")
	}
}
