package stories_test

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

var header = []string{
	"service",
	"link",
	"quantity",
	"runs",
	"interval",
	"comments",
	"usernames",
	"hashtags",
	"hashtag",
	"username",
	"media",
	"answer_number",
	"groups",
	"min",
	"max",
	"posts",
	"old_posts",
	"delay",
	"expiry",
	"keywords",
	"country",
	"device",
	"type_of_traffic",
	"google_keyword",
	"referring_url",
}

// order makes the fields of a valid order of a service, by its type.
func order(s sandbox.Service, n int, r *rand.Rand) map[string]string {
	link := fmt.Sprintf("https://example.com/%d?a=ä&b=%%20", n)
	lines := func(count int64, word string) string {
		var all []string
		for i := range count {
			all = append(all, fmt.Sprintf("%s %d 👍", word, i))
		}
		return strings.Join(all, "\n")
	}
	names := func(count int64, word string) string { return strings.ReplaceAll(lines(count, word), " ", "") }
	f := map[string]string{
		"service":  fmt.Sprint(s.ID),
		"link":     link,
		"quantity": fmt.Sprint(s.Min + r.Int64N(s.Max-s.Min+1)),
	}
	switch s.Type {
	case "Default":
		if s.Dripfeed != "no" && n%3 == 0 {
			f["quantity"], f["runs"], f["interval"] = fmt.Sprint(s.Min), "2", "60"
		}
	case "Package":
		delete(f, "quantity")
	case "Custom Comments", "Comment Replies":
		delete(f, "quantity")
		f["comments"] = lines(s.Min, "nice")
	case "Custom Comments Package":
		delete(f, "quantity")
		f["comments"] = lines(3, "great")
	case "Mentions":
		f["usernames"] = names(2, "user")
	case "Mentions with Hashtags":
		f["usernames"], f["hashtags"] = names(2, "user"), names(3, "tag")
	case "Mentions Custom List":
		delete(f, "quantity")
		f["usernames"] = names(s.Min, "user")
	case "Mentions Hashtag":
		f["hashtag"] = "spring"
	case "Mentions User Followers":
		f["username"] = "https://example.com/somebody"
	case "Mentions Media Likers":
		f["media"] = "https://example.com/media"
	case "Poll":
		f["answer_number"] = "2"
	case "Invites from Groups":
		f["groups"] = names(2, "group")
	case "SEO", "SEO2":
		f["keywords"] = lines(2, "word")
	case "Web Traffic":
		f["country"], f["device"], f["type_of_traffic"], f["google_keyword"] = "US", "1", "1", "bakery"
		if strings.Contains(s.Name, "Germany") {
			f["country"] = "DE" // another one would be asked about
		}
	case "Subscriptions":
		f = map[string]string{
			"service":  f["service"],
			"username": fmt.Sprintf("user%d", n),
			"min":      fmt.Sprint(s.Min),
			"max":      fmt.Sprint(s.Max),
			"delay":    "30",
		}
		if n%2 == 0 {
			f["posts"], f["old_posts"], f["expiry"] = "5", "1", "31/12/2099"
		}
	}
	if s.Type == "Comment Likes" || s.Type == "Comment Replies" {
		f["username"] = "owner"
	}
	return f
}

// spoil makes an order invalid and gives the field in which.
func spoil(f map[string]string, s sandbox.Service, n int) string {
	switch {
	case n%4 == 0:
		f["service"] = "424242"
		return "service"
	case f["quantity"] != "" && n%4 == 1:
		f["quantity"] = fmt.Sprint(s.Max + 1)
		return "quantity"
	case f["quantity"] != "" && n%4 == 2:
		f["quantity"] = "1.5"
		return "quantity"
	case f["delay"] != "":
		f["delay"] = "7"
		return "delay"
	}
	f["link"] = "no link"
	return "link"
}

// TestTwoThousandMixedRows: every valid row is on the ledger once, with the sheet's fields and no others;
// every invalid row is named with its cell and isn't sent; a second run orders nothing.
func TestTwoThousandMixedRows(t *testing.T) {
	t.Parallel()
	const rows = 2000
	w := newShop(t, sandbox.Config{Balance: "899999999", Strangers: 0.2})
	r := rand.New(rand.NewPCG(1, 2))
	services := sandbox.Catalogue()
	file, err := os.Create(filepath.Join(w.dir, "mixed.csv"))
	if err != nil {
		t.Fatal(err)
	}
	sheet := csv.NewWriter(file)
	sheet.Write(header)
	valid, wrong := map[int]map[string]string{}, map[int]string{}
	for n := 2; n < rows+2; n++ {
		s := services[r.IntN(len(services))]
		f := order(s, n, r)
		if n%10 == 3 {
			wrong[n] = spoil(f, s, n/10)
		} else {
			valid[n] = f
		}
		var cells []string
		for _, h := range header {
			cells = append(cells, f[h])
		}
		sheet.Write(cells)
	}
	sheet.Flush()
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}

	_, checked := w.result("check", "mixed.csv")
	named := map[int]bool{}
	for _, p := range checked.Problems {
		if p.Field == wrong[p.Row] && strings.HasSuffix(p.Cell, fmt.Sprint(p.Row)) &&
			strings.Contains(p.Text, "mixed.csv!"+p.Cell) {
			named[p.Row] = true
		} else if wrong[p.Row] == "" && !strings.Contains(p.Text, "maximum") {
			t.Errorf("a valid row has a problem: %s", p.Text)
		}
	}
	if len(named) != len(wrong) || checked.Rows.Valid != len(valid) {
		t.Errorf(
			"%d of %d invalid rows are named; %d of %d rows are valid",
			len(named),
			len(wrong),
			checked.Rows.Valid,
			len(valid),
		)
	}

	code, first := w.result(
		"run",
		"mixed.csv",
		"--yes",
		"--rate",
		"2000/s",
		"--concurrency",
		"32",
		"--out",
		"results.jsonl",
	)
	if code != 4 || first.Rows.Placed != len(valid) || first.Rows.Invalid != len(wrong) {
		t.Fatalf("run: exit %d, %+v", code, first.Rows)
	}
	ledger := map[string]sandbox.Order{}
	for _, o := range w.sandbox.Ledger() {
		ledger[o.ID] = o
	}
	if len(ledger) != len(valid) {
		t.Errorf("%d orders for %d valid rows", len(ledger), len(valid))
	}
	results := w.lines("results.jsonl")
	if len(results) != rows {
		t.Errorf("%d results for %d rows", len(results), rows)
	}
	for _, l := range results {
		o, is := ledger[l.OrderID]
		if want := valid[l.Row]; want != nil && (!is || !maps.Equal(o.Fields, want)) {
			t.Errorf("row %d is order %s with %v, want %v", l.Row, l.OrderID, o.Fields, want)
		}
		if wrong[l.Row] != "" && (l.State != "invalid" || l.OrderID != "" || l.Problem == "") {
			t.Errorf("row %d: %+v", l.Row, l)
		}
		delete(ledger, l.OrderID)
	}
	if len(ledger) > 0 {
		t.Errorf("%d orders are no row's", len(ledger))
	}
	code, second := w.result("run", "mixed.csv", "--yes")
	if n := len(w.sandbox.Ledger()); code != 4 || second.Rows != first.Rows || n != len(valid) {
		t.Errorf("the second run: exit %d, %+v, %d orders", code, second.Rows, n)
	}
}
