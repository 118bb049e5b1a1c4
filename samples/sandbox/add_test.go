package sandbox_test

import (
	"strings"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

const link = "https://example.com/p/1"

func TestEachTypeTakesItsCharge(t *testing.T) {
	for _, c := range []struct {
		typ, charge string
		fields      []string
	}{
		{"Default", "0.09", []string{"service", "1", "link", link, "quantity", "100"}},
		{"Default in runs", "0.375", []string{"service", "101", "link", link, "quantity", "100", "runs", "3", "interval",
			"60"}},
		{"Default with seven decimals", "0.0000425917", []string{"service", "107", "link", link, "quantity", "101"}},
		{"Package", "2.49", []string{"service", "110", "link", link}},
		{"Custom Comments", "0.054", []string{"service", "304", "link", link, "comments", "one\r\ntwo\n\n \nthree"}},
		{"Custom Comments Package", "0.95", []string{"service", "113", "link", link, "comments", "one"}},
		{"Mentions", "0.6", []string{"service", "114", "link", link, "quantity", "100", "usernames", "a\nb"}},
		{"Mentions with Hashtags", "0.72",
			[]string{"service", "115", "link", link, "quantity", "100", "usernames", "a", "hashtags", "b"}},
		{"Mentions Custom List", "0.055",
			[]string{"service", "116", "link", link, "usernames", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj"}},
		{"Mentions Hashtag", "0.64", []string{"service", "117", "link", link, "quantity", "100", "hashtag", "x"}},
		{"Mentions User Followers", "0.68",
			[]string{"service", "118", "link", link, "quantity", "100", "username", "https://example.com/u"}},
		{"Mentions Media Likers", "0.66",
			[]string{"service", "119", "link", link, "quantity", "100", "media", "https://example.com/m"}},
		{"Comment Likes", "0.21", []string{"service", "120", "link", link, "quantity", "100", "username", "owner"}},
		{"Comment Replies", "0.028", []string{"service", "121", "link", link, "username", "owner", "comments", "a\nb"}},
		{"Poll", "0.425", []string{"service", "124", "link", link, "quantity", "100", "answer_number", "2"}},
		{"Invites from Groups", "0.48", []string{"service", "406", "link", link, "quantity", "100", "groups", "g"}},
		{"Subscriptions", "0", []string{"service", "122", "username", "u", "min", "50", "max", "60", "delay", "0", "posts",
			"3", "expiry", "05/03/2026"}},
		{"SEO", "1.2", []string{"service", "703", "link", link, "quantity", "100", "keywords", "k"}},
		{"SEO2", "1.975", []string{"service", "704", "link", link, "quantity", "100", "keywords", "k"}},
		{"Web Traffic", "0.025", []string{"service", "701", "link", link, "quantity", "100", "country", "WW", "device", "5",
			"type_of_traffic", "3"}},
		{"Web Traffic from a search", "0.025",
			[]string{"service", "701", "link", link, "quantity", "100", "country", "WW", "device", "1", "type_of_traffic", "1",
				"google_keyword", "k"}},
		{"a type that no table knows", "0.5", []string{"service", "900", "link", link, "quantity", "100"}},
		{"the same without a quantity", "5", []string{"service", "900", "link", link}},
	} {
		t.Run(c.typ, func(t *testing.T) {
			p := serve(t, sandbox.Config{Services: catalogue()})
			want(t, "answer", p.ask("add", c.fields...), `{"order":23501}`)
			orders := p.Ledger()
			if len(orders) != 1 {
				t.Fatalf("%d orders", len(orders))
			}
			want(t, "charge", orders[0].Charge, c.charge)
			p.wantBooksAddUp("1000000")
		})
	}
}

// catalogue is the built-in one, with services made for tests.
func catalogue() []sandbox.Service {
	return append(
		sandbox.Catalogue(),
		sandbox.Service{ID: 900, Name: "Odd", Type: "Holograms", Category: "Odd", Rate: "5", Min: 10, Max: 1000},
		sandbox.Service{
			ID:       901,
			Name:     "Dear",
			Type:     "Default",
			Category: "Odd",
			Rate:     "899999999.9999999",
			Min:      1,
			Max:      1 << 40,
		},
	)
}

func TestAnAddThatIsWrongIsRefusedInThePanelsWords(t *testing.T) {
	p := serve(t, sandbox.Config{Services: catalogue(), Balance: "10"})
	ok := []string{"link", link, "quantity", "100"}
	subscription := func(pairs ...string) []string {
		return append(pairs, "service", "122", "username", "u", "min", "50", "max", "60", "delay", "0")
	}
	for _, c := range []struct {
		what, text string
		fields     []string
	}{
		{"no service", "Incorrect service ID", ok},
		{"an unknown service", "Incorrect service ID", append(ok, "service", "99")},
		{"no link", "Incorrect link", []string{"service", "1", "quantity", "100"}},
		{"a link with a blank", "Incorrect link",
			[]string{"service", "1", "quantity", "100", "link", "https://example.com/a b"}},
		{"a word for a link", "Incorrect link", []string{"service", "1", "quantity", "100", "link", "nonsense"}},
		{"another scheme", "Incorrect link", []string{"service", "1", "quantity", "100", "link", "ftp://example.com"}},
		{"no quantity", "Quantity less than minimal 50", []string{"service", "1", "link", link}},
		{"too few", "Quantity less than minimal 50", []string{"service", "1", "link", link, "quantity", "49"}},
		{"too many", "Quantity more than maximum 10000", []string{"service", "1", "link", link, "quantity", "10001"}},
		{"a decimal", "Quantity less than minimal 50", []string{"service", "1", "link", link, "quantity", "100.0"}},
		{"too few comments", "Quantity less than minimal 10", []string{"service", "2", "link", link, "comments", "a\n\nb"}},
		{"blank comments", "Incorrect comments", []string{"service", "2", "link", link, "comments", "\n \n"}},
		{"no comments in a package", "Incorrect comments", []string{"service", "113", "link", link}},
		{"no usernames", "Missing required parameters", []string{"service", "116", "link", link}},
		{"runs without an interval", "Incorrect interval", append(ok, "service", "101", "runs", "2")},
		{"an interval without runs", "Incorrect runs", append(ok, "service", "101", "interval", "2")},
		{"runs where dripfeed is no", "Incorrect runs", append(ok, "service", "102", "runs", "2", "interval", "5")},
		{"no answer to the poll", "Missing required parameters", append(ok, "service", "124")},
		{"a poll's answer in words", "Incorrect request", append(ok, "service", "124", "answer_number", "yes")},
		{"no media", "Missing required parameters", append(ok, "service", "119")},
		{"media that is no link", "Incorrect link", append(ok, "service", "119", "media", "x")},
		{"a sixth device", "Incorrect request",
			append(ok, "service", "701", "country", "WW", "device", "6", "type_of_traffic", "3")},
		{"a search without keyword", "Missing required parameters",
			append(ok, "service", "701", "country", "WW", "device", "1", "type_of_traffic", "1")},
		{"a referrer without address", "Missing required parameters",
			append(ok, "service", "701", "country", "WW", "device", "1", "type_of_traffic", "2")},
		{"no username", "Missing required parameters", []string{"service", "122", "min", "50", "max", "60", "delay", "0"}},
		{"max below min", "Quantity less than minimal 50", subscription("max", "49")},
		{"max below min, both allowed", "Quantity less than minimal 70", subscription("min", "70")},
		{"a delay that nobody offers", "Incorrect delay", subscription("delay", "7")},
		{"posts in words", "Incorrect posts", subscription("posts", "many")},
		{"old_posts in words", "Incorrect posts", subscription("old_posts", "-1")},
		{"an expiry that is past", "Incorrect request", subscription("expiry", "4/3/2026")},
		{"an expiry in another form", "Incorrect request", subscription("expiry", "2026-12-31")},
		{"more than the balance", "Not enough funds on balance", []string{"service", "301", "link", link, "quantity", "402"}},
		{"more than any balance", "Not enough funds on balance",
			[]string{"service", "901", "link", link, "quantity", "1000000000"}},
	} {
		want(t, c.what, p.ask("add", c.fields...), `{"error":"`+c.text+`"}`)
	}
	want(t, "orders taken", len(p.Ledger()), 0)
	want(t, "balance", p.Balance(), "10")
}

func TestOnlyTheDelaysOfThePanelAreTaken(t *testing.T) {
	p := serve(t, sandbox.Config{DelayValues: []int{0, 5}})
	fields := []string{"service", "122", "username", "u", "min", "50", "max", "60"}
	want(t, "20", p.ask("add", append(fields, "delay", "20")...), `{"error":"Incorrect delay"}`)
	want(t, "5", p.ask("add", append(fields, "delay", "5")...), `{"order":23501}`)
}

func TestParentsOfOrdersHaveNoChargeInTheirStatus(t *testing.T) {
	p := serve(t, sandbox.Config{})
	p.ask("add", "service", "101", "link", link, "quantity", "100", "runs", "3", "interval", "60")
	p.ask("add", "service", "122", "username", "u", "min", "50", "max", "60", "delay", "0", "expiry", "6/3/2026")
	want(t, "drip-feed", p.ask("status", "order", "23501"), `{"status":"Pending","currency":"USD"}`)
	want(t, "subscription", p.ask("status", "order", "23502"), `{"status":"Active","currency":"USD"}`)
	p.clock.pass(36 * time.Hour)
	want(t, "expired", p.ask("status", "order", "23502"), `{"status":"Expired","currency":"USD"}`)
}

func TestMoneyComesBackForWhatWasNotDelivered(t *testing.T) {
	p := serve(t, sandbox.Config{Balance: "500.0000001"})
	for range 300 {
		p.ask("add", "service", "106", "link", link, "quantity", "37")
	}
	canceled := 0
	for range 40 {
		p.clock.pass(5 * time.Second)
		p.wantBooksAddUp("500.0000001")
		canceled += strings.Count(p.ask("cancel", "orders", "23505,23510,23520"), `"cancel":1`)
	}
	want(t, "canceled", canceled, 3)
	ends := map[string]int{}
	for _, order := range p.Ledger() {
		ends[order.Status]++
		if order.Status == "Canceled" {
			want(t, "net of a canceled order", order.Net, "0")
		}
	}
	t.Logf("ends: %v", ends)
	if ends["Completed"] < 200 || ends["Partial"] == 0 || ends["Canceled"] == 0 || len(ends) != 3 {
		t.Errorf("ends: %v", ends)
	}
}

func TestOrdersThatStandStillStayPending(t *testing.T) {
	p := serve(t, sandbox.Config{Speed: -1})
	p.post(follower("a"))
	p.clock.pass(1000 * time.Hour)
	want(t, "status", p.Ledger()[0].Status, "Pending")
}

func TestTheGuardRefusesASecondOrderForAPageUntilTheFirstIsDone(t *testing.T) {
	p := serve(t, sandbox.Config{ActiveGuard: true})
	busy := `{"error":"You have active order with this link. Please wait until order being completed."}`
	want(t, "first", p.post(follower("a")).body, `{"order":23501}`)
	want(t, "second", p.post(follower("a")).body, busy)
	want(t, "another page", p.post(follower("b")).body, `{"order":23502}`)
	want(
		t,
		"another service",
		p.ask("add", "service", "101", "link", "https://example.com/a", "quantity", "100"),
		`{"order":23503}`,
	)
	p.clock.pass(time.Hour)
	want(t, "when done", p.post(follower("a")).body, `{"order":23504}`)
}

func TestARequestIDGetsTheFirstAnswerAgain(t *testing.T) {
	p := serve(t, sandbox.Config{RequestID: "uuid"})
	body := encode("add", "service", "1", "link", link, "quantity", "100", "uuid", "row-1")
	want(t, "first", p.post(body).body, `{"order":23501}`)
	want(t, "again", p.post(body).body, `{"order":23501}`)
	want(t, "without", p.post(follower("a")).body, `{"order":23502}`)
	want(t, "without again", p.post(follower("a")).body, `{"order":23503}`)
	want(t, "orders", len(p.Ledger()), 3)
}

func TestStrangersLeaveGapsThatAreNotOurs(t *testing.T) {
	p := serve(t, sandbox.Config{Strangers: 0.5, Seed: 7, FirstID: 100})
	seen := map[string]bool{}
	for range 50 {
		p.post(follower("a"))
	}
	for _, order := range append(p.Ledger(), p.Strangers()...) {
		want(t, "id seen before", seen[order.ID], false)
		seen[order.ID] = true
	}
	strangers := p.Strangers()
	if len(p.Ledger()) != 50 || len(strangers) < 20 {
		t.Fatalf("%d orders, %d strangers", len(p.Ledger()), len(strangers))
	}
	want(t, "a stranger's status", p.ask("status", "order", strangers[0].ID), `{"error":"Incorrect order ID"}`)
	p.wantBooksAddUp("1000000")
}

func TestRandomIDsAreUnique(t *testing.T) {
	p := serve(t, sandbox.Config{RandomIDs: true})
	seen := map[string]bool{}
	for range 200 {
		p.post(follower("a"))
	}
	for _, order := range p.Ledger() {
		seen[order.ID] = true
		want(t, "digits", len(order.ID), 9)
	}
	want(t, "ids", len(seen), 200)
}
