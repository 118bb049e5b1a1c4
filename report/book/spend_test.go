package book

import (
	"context"
	"fmt"
	"html"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/reporttest"
)

// clients is a batch of rows for clients, in two currencies.
func clients(t *testing.T) (*reporttest.Sample, Results) {
	d := reporttest.NewSample(t, "Service", "Link", "Quantity", " CLIENT ")
	for i, client := range []string{"Anna", "Ben", " Anna", "", "Ben", "Cleo", "Anna"} {
		d.Row(reporttest.Order("101", fmt.Sprintf("https://a.b/%d", i), "1000", "0.9", client))
	}
	invalid := reporttest.Order("101", "https://a.b/8", "25", "0.9", "Dora")
	invalid.State = journal.Invalid
	d.Row(invalid)
	b := results(d, d.Admit(reporttest.Catalogue()...))
	for line := 2; line <= 7; line++ {
		d.Send(line, reporttest.Placed(fmt.Sprint(1000+line)))
	}
	d.Send(8, journal.Outcome{State: journal.InDoubt})
	euro := panel.Status{Status: "Completed", Charge: decimal.NewNullDecimal(reporttest.Dec("7")), Currency: "EUR"}
	for line, s := range map[int]panel.Status{2: reporttest.Charged("0.9", "Completed", "1", "0"),
		3: reporttest.Charged("2", "Completed", "1", "0"), 4: reporttest.Charged("0.5", "Partial", "1", "0"),
		5: reporttest.Charged("0.1", "Completed", "1", "0"), 6: reporttest.Charged("1", "Pending", "1", "0"), 7: euro} {
		d.Check(line, s)
	}
	reporttest.Must(t, d.Journal.Note(b.Batch, journal.Run{Started: reporttest.Start(), Currency: "USD"}))
	return d, results(d, d.Reload())
}

func TestSpendByClient(t *testing.T) {
	_, b := clients(t)
	f := openBook(t, b)
	want := [][]string{
		{"CLIENT", "Rows", "Placed", "In doubt", "Estimated", "Charged", "Currency"},
		{"Ben", "2", "2", "0", "1.8", "3", "USD"},
		{"Anna", "3", "2", "1", "2.7", "1.4", "USD"},
		{"(none)", "1", "1", "0", "0.9", "0.1", "USD"},
		{"Dora", "1", "0", "0", "0", "0", "USD"},
		{"Cleo", "1", "1", "0", "0.9", "7", "EUR"},
		{"", "", "", "", "", "", ""},
		{"all", "7", "5", "1", "5.4", "4.5", "USD"},
		{"all", "1", "1", "0", "0.9", "7", "EUR"},
	}
	rows := rowsOf(t, f, "Spend by CLIENT")
	for i := range rows {
		for j := range rows[i] {
			rows[i][j] = strings.TrimSpace(rows[i][j])
		}
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	groups, err := b.Groups(context.Background())
	reporttest.Must(t, err)
	if len(groups) != 5 || groups[0].Name != "Ben" || !groups[0].Charged.Equal(reporttest.Dec("3")) ||
		groups[4].Currency != "EUR" {
		t.Errorf("groups of JSON: %+v", groups)
	}
	// One axis, one currency: Cleo's euros aren't drawn.
	charts := ""
	for name, part := range parts(t, write(t, b, "c.xlsx")) {
		if strings.HasPrefix(name, "xl/charts/") {
			charts += html.UnescapeString(strings.Join(part, ""))
		}
	}
	if !strings.Contains(charts, "'Spend by CLIENT'!$F$2:$F$5<") {
		t.Error("no chart is drawn over the four groups of dollars")
	}
}

func TestManyGroupsEndInOthers(t *testing.T) {
	d := reporttest.NewSample(t, "Service", "Link", "Quantity", "Campaign: May/June [all] of a long, long name")
	for i := range 50 {
		d.Row(reporttest.Order("101", fmt.Sprintf("https://a.b/%d", i), fmt.Sprint(1000*(i+1)), "1", fmt.Sprintf("c%d", i)))
	}
	b := results(d, d.Admit(reporttest.Catalogue()...))
	b.GroupBy = "campaign may june all of a long long name"
	reporttest.Must(t, report.CheckGroupBy(b.Batch.Columns, b.GroupBy))
	f := openBook(t, b)
	rows := rowsOf(t, f, "Spend by Campaign May June all")
	if len(rows) != 24 || rows[1][0] != "c49" || rows[21][0] != "30 others" || rows[21][1] != "30" ||
		rows[21][4] != "465" || rows[23][0] != "all" || rows[23][1] != "50" || rows[23][4] != "1275" {
		t.Errorf("%d rows, %v", len(rows), rows)
	}
}

func TestGroupByNamesAColumn(t *testing.T) {
	columns := []string{"Service", "", "My Team", "Client", "Campaign"}
	for name, want := range map[string]int{"": 3, "my team": 2, "CAMPAIGN": 4, "Service": 0, "nobody": -1, "--": -1} {
		if got := report.GroupColumn(columns, name); got != want {
			t.Errorf("%q is column %d, want %d", name, got, want)
		}
		if err := report.CheckGroupBy(columns, name); (err != nil) != (want < 0) ||
			err != nil && !strings.Contains(err.Error(), `"My Team", "Client"`) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if got := report.GroupColumn([]string{"Service", "Link"}, ""); got != -1 {
		t.Errorf("a sheet without Client or Campaign is grouped by column %d", got)
	}
}

func TestHistoryHasEveryChange(t *testing.T) {
	d, b := clients(t)
	if f := openBook(t, b); strings.Contains(fmt.Sprint(f.GetSheetList()), sheetHistory) {
		t.Error("nothing has changed, and there is a history")
	}
	later := reporttest.Start().Add(5 * time.Hour)
	_, err := d.Journal.Check(
		b.Batch,
		[]journal.Checked{{Seq: d.Entry(6).Seq, At: later, Status: reporttest.Charged("1.25", "In progress", "10", "900")},
			{Seq: d.Entry(2).Seq, At: later, Status: reporttest.Charged("0.9", "Completed", "1", "0")}},
	)
	reporttest.Must(t, err)
	_, err = d.Journal.Check(
		b.Batch,
		[]journal.Checked{
			{Seq: d.Entry(6).Seq, At: later.Add(time.Hour), Status: reporttest.Charged("1.25", "Completed", "10", "0")},
		},
	)
	reporttest.Must(t, err)
	f := openBook(t, results(d, d.Reload()))
	var got []string
	for _, row := range rowsOf(t, f, sheetHistory) {
		got = append(got, strings.Join(append(row[:2], row[3:]...), " "))
	}
	want := []string{"Row Order ID Status Charge Currency Start count Remains", "2 1002 Completed 0.9 USD 1 0",
		"3 1003 Completed 2 USD 1 0", "4 1004 Partial 0.5 USD 1 0", "5 1005 Completed 0.1 USD 1 0",
		"6 1006 Pending 1 USD 1 0", "6 1006 In progress 1.25 USD 10 900", "6 1006 Completed 1.25 USD 10 0",
		"7 1007 Completed 7 EUR  "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	sheet, err := parse.Open(write(t, results(d, d.Reload()), "again.xlsx"), parse.Options{})
	reporttest.Must(t, err)
	defer sheet.Close()
	if sheet.Name != sheetOrders {
		t.Errorf("as a sheet, %q of the results is read", sheet.Name)
	}
	at, err := f.GetCellValue(sheetHistory, "C7")
	reporttest.Must(t, err)
	if at != "2026-05-04 14:30:00" {
		t.Errorf("the change is told as of %s", at)
	}
}
