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
	want := []string{"State", "Problem", "Catalogue name", "Order ID", "Status", "Delivered", "Percent", "Charge",
		"Currency", "One of", "Start count", "Remains", "Refill", "Sent at", "Checked at", "Row key"}
	if diff := cmp.Diff(want, headings); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct{ name, sheet, want string }{
		{"a person's own column that is called as one of ours is kept", "Link|Status|Client|link",
			"State|Client|Link|Problem|Status (2)|link (2)|Catalogue name|Order ID"},
		{"but for the order's id", "Note|Order ID", "State|Problem|Note|Catalogue name|Order ID"},
		{"columns of results are ours", "State|Link|Problem|Order ID|Status|Row key",
			"State|Link|Problem|Catalogue name|Order ID"},
		{"beside one that was the person's", "State|Link|Problem|Status (2)|Order ID|Status|Row key",
			"State|Link|Problem|Status (2)|Catalogue name|Order ID"},
		{"who it is for and where it goes stand on the left, and the service's name beside it",
			"Note|Service|Quantity|Link|Client", "State|Client|Link|Problem|Note|Service|Catalogue name|Quantity|Order ID"},
		{"a column that was named for the sheet", "Gig|Where|Quantity",
			"State|Where|Problem|Gig|Catalogue name|Quantity|Order ID"},
		{"a person's own name for services", "Service name|Link", "State|Link|Problem|Service name|Catalogue name|Order ID"},
	} {
		b := journal.Batch{Columns: strings.Split(c.sheet, "|"), Mapped: map[string]string{"Gig": "service", "Where": "link"}}
		names := strings.Join(NewColumns(b, nil).Names(), "|")
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

func TestPercent(t *testing.T) {
	for remains, want := range map[string]string{"0": "100", "1": "99", "333": "66", "999": "0", "1000": "0", "": "",
		"710": "29"} {
		e := journal.Entry{State: journal.Placed, Remains: remains, Params: []panel.Param{{Name: "quantity", Value: "1000"}}}
		if got := percent(e); got != want {
			t.Errorf("%s of 1000 remain: %q, want %q", remains, got, want)
		}
	}
}

// TestACatalogueName: a cell that doesn't say the id leaves open which service of that name was meant.
func TestACatalogueName(t *testing.T) {
	c := NewColumns(journal.Batch{Columns: []string{"Service"}}, []journal.Service{
		{Panel: "here", Service: panel.Service{ID: "7", Name: "Likes"}},
		{Panel: "there", Service: panel.Service{ID: "7", Name: "Views"}},
	})
	for _, tt := range []struct{ cell, panel, service, want string }{
		{" 7 ", "here", "7", "Likes"}, {"likes", "here", "7", "7 Likes"}, {"7", "there", "7", "Views"},
		{"8", "here", "8", ""}, {"", "here", "", ""},
	} {
		e := journal.Entry{Cells: []string{tt.cell}, Panel: tt.panel, Service: tt.service}
		if got := c.Values(e)[c.Named("catalogue_name")]; got != tt.want {
			t.Errorf("%+v: %q", tt, got)
		}
	}
}

// TestTheReaderKnowsTheOrderID: results are a sheet again, so the column of the order's id must be found in them.
func TestTheReaderKnowsTheOrderID(t *testing.T) {
	if parse.FieldNamed("order_id").Heading != OurColumns()[NewColumns(journal.Batch{}, nil).Named("order_id")].Heading {
		t.Error("the reader of sheets has another heading for the order's id")
	}
}
