package web

import (
	"context"
	"net/url"
	"strings"
	"testing"
)

const link = "https://example.com/p/"

func sheetOf(rows ...string) string {
	return "Service,Link,Quantity\n" + strings.Join(rows, "\n") + "\n"
}

// TestWhatIsInTheBooksIsPlaced: the panel answers no more after the batch was admitted, or the person has closed the
// tab: the sheet is placed then, with its cap, and isn't offered to be placed again.
func TestWhatIsInTheBooksIsPlaced(t *testing.T) {
	for name, c := range map[string]struct {
		faults []string
		closed bool
	}{
		"the panel fails":   {faults: []string{"services:500", "balance:500"}},
		"the tab is closed": {closed: true},
	} {
		t.Run(name, func(t *testing.T) {
			v := newVisit(t)
			sheet, _ := v.upload("a.csv", sheetOf("1,"+link+"1,100", "1,"+link+"2,100"))
			_, page := v.get(sheet + "/place")
			said := form(page, "Place ")
			said.Set("max-spend", "5")
			v.faults(c.faults...)
			ctx, cancel := context.WithCancel(t.Context())
			if c.closed {
				cancel()
			}
			defer cancel()
			_, text := v.ask(ctx, "POST", sheet+"/place", "application/x-www-form-urlencoded", strings.NewReader(said.Encode()))
			if !strings.HasPrefix(v.at, "/batches/") {
				t.Fatalf("it leads to %s: %s", v.at, text)
			}
			batch := v.at
			v.faults()
			v.starts()
			if v.get(sheet + "/review"); v.at != batch {
				t.Errorf("the sheet leads to %s, its batch is %s", v.at, batch)
			}
			if _, text := v.get("/"); strings.Contains(text, "Not placed yet") {
				t.Error("it is said not to be placed")
			}
			if b := v.batch(strings.TrimPrefix(batch, "/batches/")); b.MaxSpend.Decimal.String() != "5" {
				t.Errorf("the cap is %v", b.MaxSpend)
			}
			if v.send(); len(v.panel.Ledger()) != 2 {
				t.Errorf("%d orders", len(v.panel.Ledger()))
			}
		})
	}
}

// TestWhoIsToldOfAnErrorFindsNothingSent: going on with a batch fails, and no worker sends it.
func TestWhoIsToldOfAnErrorFindsNothingSent(t *testing.T) {
	v := newVisit(t)
	sheet, _ := v.upload("a.csv", sheetOf("1,"+link+"1,100", "1,"+link+"1,100"))
	batch := "/batches/" + v.place(sheet)
	v.send()
	_, page := v.get(batch + "/offer?allow-duplicates=on")
	v.faults("services:500", "balance:500")
	code, _ := v.post(batch+"/offer", form(page, "Send "))
	v.faults()
	if v.send(); code == 200 || len(v.panel.Ledger()) != 1 {
		t.Errorf("%d, %d orders", code, len(v.panel.Ledger()))
	}
}

// TestWhatIsPlacedIsWhatWasShown: as many orders for the same sum may be other ones.
func TestWhatIsPlacedIsWhatWasShown(t *testing.T) {
	v := newVisit(t)
	sheet, _ := v.upload("a.csv", sheetOf("1,"+link+"1,100", "1,"+link+"2,100", "1,"+link+"3,100", "1,"+link+"4,100"))
	_, text := v.post(sheet+"/row", url.Values{"leave": {"5"}})
	if got := rows(text); len(got) != 4 || !strings.HasPrefix(got[3], "left out | 5") {
		t.Fatal(got)
	}
	_, shown := v.get(sheet + "/place")
	for what, change := range map[string]url.Values{
		"another link":     {"line": {"2"}, "do": {"edit"}, "cell B": {link + "evil"}},
		"a row more":       {"take": {"5"}},
		"and one row less": {"leave": {"3"}},
	} {
		v.post(sheet+"/row", change)
		if code, text := v.post(sheet+"/place", form(shown, "Place ")); code != 422 || !strings.Contains(text, "has changed") {
			t.Errorf("%s: %d at %s", what, code, v.at)
		}
	}
	batch := v.place(sheet)
	if v.send(); v.links()[link+"evil"] != 1 || len(v.panel.Ledger()) != 3 {
		t.Errorf("batch %s: %v", batch, v.links())
	}
}

// TestWhatABatchSendsIsWhatWasShown: other rows are held for the same reason by now.
func TestWhatABatchSendsIsWhatWasShown(t *testing.T) {
	v := newVisit(t)
	sheet, _ := v.upload("a.csv", sheetOf("1,"+link+"1,100", "1,"+link+"1,100", "1,"+link+"1,100"))
	batch := "/batches/" + v.place(sheet)
	v.send()
	_, page := v.get(batch + "/offer?allow-duplicates=on")
	said := form(page, "Send ")
	v.post(batch+"/release", url.Values{"row": {"3"}})
	v.send()
	if code, text := v.post(batch+"/offer", said); code != 422 || !strings.Contains(text, "has changed") {
		t.Errorf("%d: %s", code, text)
	}
	if v.send(); len(v.panel.Ledger()) != 2 {
		t.Errorf("%d orders", len(v.panel.Ledger()))
	}
}

// TestWhatIsCanceledIsWhatWasShown: the orders are told one by one, and others aren't canceled by the same word.
func TestWhatIsCanceledIsWhatWasShown(t *testing.T) {
	v := newVisit(t)
	sheet, _ := v.upload("a.csv", sheetOf("201,"+link+"1,100", "201,"+link+"2,100"))
	batch := "/batches/" + v.place(sheet)
	v.send()
	ids := map[string]string{}
	for _, o := range v.panel.Ledger() {
		ids[o.Fields["link"]] = "<td>" + o.ID + "</td>"
	}
	_, page := v.get(batch + "/request?action=cancel&rows=2")
	if !strings.Contains(page, ids[link+"1"]) || strings.Contains(page, ids[link+"2"]) {
		t.Errorf("which orders are meant isn't shown: %s", page)
	}
	said := form(page, "Cancel 1 order")
	said.Set("rows", "3")
	if code, text := v.post(batch+"/request", said); code != 422 || !strings.Contains(text, "has changed") {
		t.Errorf("%d: %s", code, text)
	}
	said.Set("rows", "2")
	if code, text := v.post(batch+"/request", said); code != 200 || !strings.Contains(text, "Cancellations asked for") {
		t.Errorf("%d: %s", code, text)
	}
}
