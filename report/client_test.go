package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/report/reporttest"
)

func TestAnOrderAsItsClientIsToldOfIt(t *testing.T) {
	terms := ClientTerms{
		Offers: map[string]Offer{
			"101":         {Name: "Followers", Price: decimal.NewNullDecimal(reporttest.Dec("4.90"))},
			"sandbox/102": {Name: "Likes, ours"},
			"102":         {Name: "Likes of another panel"},
		},
		Markup: decimal.NewNullDecimal(reporttest.Dec("0.3")), Currency: "EUR",
	}
	placed := func(status, remains string) func(*journal.Entry) {
		return func(e *journal.Entry) {
			e.State, e.OrderID, e.Status, e.Remains, e.Currency = journal.Placed, "23501", status, remains, "USD"
			e.Charge, e.SentAt = decimal.NewNullDecimal(reporttest.Dec("0.9")), reporttest.Start()
		}
	}
	state := func(s journal.State) func(*journal.Entry) { return func(e *journal.Entry) { e.State = s } }
	for _, tt := range []struct {
		sentence, service string
		become            func(*journal.Entry)
		status            ClientStatus
		delivered         int64
		price             string
	}{
		{"an order that is done is paid by the price list", "101", placed("Completed", "0"), ClientDone, 1000, "4.90 EUR"},
		{"one of which the panel tells nothing more is delivered", "101", placed("Completed", ""), ClientDone, 1000,
			"4.90 EUR"},
		{"what is under way is paid as a whole", "101", placed("In progress", "400"), ClientWorking, 600, "4.90 EUR"},
		{"of a partial order what was delivered is paid", "101", placed("Partial", "250"), ClientPartly, 750, "3.68 EUR"},
		{"what was delivered of it isn't known", "101", placed("Partial", ""), ClientPartly, -1, ""},
		{"a cancelled order costs nothing", "101", placed("Canceled", "1000"), ClientCancelled, 0, "0.00 EUR"},
		{"a service that the list doesn't price costs what the panel asks, and the markup", "102",
			placed("Pending", ""), ClientOrdered, -1, "1.17 USD"},
		{"a text that isn't known is told as ordered", "101", placed("Escalated to supplier", ""), ClientOrdered, -1,
			"4.90 EUR"},
		{"a row in doubt is being checked", "101", state(journal.InDoubt), ClientChecked, -1, ""},
		{"so is one that is being sent", "101", state(journal.Sending), ClientChecked, -1, ""},
		{"a refused row isn't started", "101", state(journal.Refused), ClientPlanned, -1, ""},
		{"nor is one that waits", "101", state(journal.Queued), ClientPlanned, -1, ""},
	} {
		e := reporttest.Order(tt.service, "https://a.b", "1000", "0.9", "")
		e.Panel = "sandbox"
		tt.become(&e)
		o, ok := terms.Order(e, "Instagram Followers [cheap provider]")
		price := ""
		if o.Price.Valid {
			price = o.Price.Decimal.StringFixed(2) + " " + o.Currency
		}
		if !ok || o.Status != tt.status || o.Delivered != tt.delivered || price != tt.price {
			t.Errorf("%s: got %s, delivered %d, price %q", tt.sentence, o.Status, o.Delivered, price)
		}
		if want := map[string]string{"101": "Followers", "102": "Likes, ours"}[tt.service]; o.Service != want {
			t.Errorf("%s: called %q", tt.sentence, o.Service)
		}
	}
	for _, s := range []journal.State{journal.Skipped} {
		e := reporttest.Order("101", "https://a.b", "1000", "0.9", "")
		if e.State = s; func() bool { _, ok := terms.Order(e, ""); return ok }() {
			t.Errorf("a row that is %s is told", s)
		}
	}
}

func TestHowMuchAClientOrdered(t *testing.T) {
	for sentence, tt := range map[string]struct {
		params []panel.Param
		want   int64
	}{
		"a quantity":          {[]panel.Param{{Name: "quantity", Value: "500"}}, 500},
		"in runs":             {[]panel.Param{{Name: "quantity", Value: "500"}, {Name: "runs", Value: "4"}}, 2000},
		"lines of comments":   {[]panel.Param{{Name: "comments", Value: "one\ntwo\nthree"}}, 3},
		"nothing is counted":  {nil, 0},
		"it can't be counted": {[]panel.Param{{Name: "quantity", Value: "many"}}, 0},
	} {
		if got := counted(journal.Entry{Params: tt.params}); got != tt.want {
			t.Errorf("%s: %d, want %d", sentence, got, tt.want)
		}
	}
}

func TestWhoseRowsAreWhose(t *testing.T) {
	c := NewClients(ClientTerms{}, 3, nil, time.Time{})
	for _, name := range []string{"Acme", " ACME ", "A+B", "AB", "", "Acme  Ltd", "acme ltd"} {
		c.Add(reporttest.Order("101", "https://a.b", "10", "1", name))
	}
	var told []string
	for _, r := range c.All() {
		told = append(told, r.Client+" "+Count(len(r.Orders)))
	}
	if got := strings.Join(told, ", "); got != "Acme 2, A+B 1, AB 1, Acme  Ltd 2" || c.Without != 1 {
		t.Errorf("got %s, %d without", got, c.Without)
	}
	if c.Of("acme") == nil || c.Of("a b") != nil {
		t.Error("a client isn't found by name, or another is")
	}
}

func TestAPriceListThatCantBeUsed(t *testing.T) {
	for text, says := range map[string]string{
		"":                                    "service, name and price",
		"id;price\n1;2\n":                     "service, name and price",
		"service,price\n101,1.20\n101,1.30\n": "line 3: service 101 stands there twice",
		"service,price\n101,\"1,20\"\n":       "line 2: the price \"1,20\"",
		"service,price\n101,-1\n":             "line 2",
		"service,name,price\n101,\"Likes,2\n": "line",
	} {
		path := filepath.Join(t.TempDir(), "prices.csv")
		reporttest.Must(t, os.WriteFile(path, []byte(text), 0o600))
		if _, err := ReadOffers(path); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
	path := filepath.Join(t.TempDir(), "prices.csv")
	reporttest.Must(t, os.WriteFile(path, []byte("\ufeffService,Price,Name\n101,1.20,Likes\n,,\n102\n"), 0o600))
	all, err := ReadOffers(path)
	if err != nil || len(all) != 2 || all["101"].Name != "Likes" || all["101"].Price.Decimal.String() != "1.2" ||
		all["102"].Price.Valid {
		t.Errorf("got %+v, %v", all, err)
	}
}
