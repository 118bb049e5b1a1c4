package web

import (
	"context"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/report"
)

// TestWhatClientsAreSentIsAtHand: each client's report is a link of the batch, and holds nobody else's orders.
func TestWhatClientsAreSentIsAtHand(t *testing.T) {
	v := newVisit(t)
	v.clients = func(ctx context.Context, b journal.Batch) (*report.Clients, report.ClientTerms, error) {
		j, err := v.desk.Journal(ctx)
		must(t, err)
		all := report.NewClients(report.ClientTerms{}, report.GroupColumn(b.Columns, ""), nil, time.Now())
		for e, err := range j.Entries(ctx, b) {
			must(t, err)
			all.Add(e)
		}
		return all, report.ClientTerms{}, nil
	}
	v.starts()
	sheet, _ := v.upload("a.csv", "Service,Link,Quantity,Client\n1,"+link+"1,100,Nord & Co\n1,"+link+"2,100,Süd\n1,"+
		link+"3,100,\n")
	batch := "/batches/" + v.place(sheet)
	v.send()
	_, text := v.get(batch)
	wants(t, text, `href="`+batch+`/clients"`)
	_, text = v.get(batch + "/clients")
	wants(t, text, "Nord &amp; Co", "client=Nord%20%26%20Co", "1 row without a client")
	for _, kind := range []string{"xlsx", "pdf"} {
		code, file := v.get(batch + "/clients/report." + kind + "?client=nord+%26+co")
		if code != 200 || len(file) < 1000 || !strings.HasPrefix(file, map[string]string{"xlsx": "PK", "pdf": "%PDF"}[kind]) {
			t.Errorf("%s: %d, %d bytes", kind, code, len(file))
		}
	}
	for _, path := range []string{"/clients/report.xlsx?client=Ost", "/clients/report.csv?client=Nord", "/clients/x"} {
		if code, _ := v.get(batch + path); code != 404 {
			t.Errorf("%s: %d", path, code)
		}
	}
	other, _ := v.upload("b.csv", sheetOf("1,"+link+"9,100"))
	batch = "/batches/" + v.place(other)
	if _, text = v.get(batch); strings.Contains(text, "Client reports") {
		t.Error("a sheet without clients has reports for them")
	}
	if code, _ := v.get(batch + "/clients"); code != 404 {
		t.Errorf("without clients: %d", code)
	}
}

// TestHowHealthyAnAccountIsIsTold: what its answers taught and when, rows in doubt, when its balance was compared, and
// whether others order there.
func TestHowHealthyAnAccountIsIsTold(t *testing.T) {
	v, _, _, _ := inDoubt(t)
	_, text := v.get("/accounts")
	wants(t, text, "1 row in doubt", "its balance was compared", "nothing was ordered yet", "nobody said")
}
