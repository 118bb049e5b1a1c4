package web

import (
	"net/url"
	"strings"
	"testing"
)

// TestAWorksheetsNameIsTheClient where a person says so, also of one alone; a column of that name says it otherwise.
func TestAWorksheetsNameIsTheClient(t *testing.T) {
	head := []string{"Service", "Link", "Quantity"}
	book := workbook(t, tab{"Nord", [][]string{head, {"1", link + "1", "100"}}},
		tab{"Sued", [][]string{head, {"1", link + "2", "100"}}},
		tab{"Mine", [][]string{append(head, "Client"), {"1", link + "3", "100", "Own"}}})
	for name, c := range map[string]struct {
		said url.Values
		want string // of the CSV
	}{
		"one, as it is":      {url.Values{"tab": {"Nord"}}, "Service,Link,Quantity"},
		"one, as a client":   {url.Values{"tab": {"Nord"}, "tab-client": {"on"}}, "Client,Service,Link,Quantity\nNord,"},
		"several":            {url.Values{"tab": {"Nord", "Sued"}}, "Client,Service,Link,Quantity\nNord,"},
		"a column says it":   {url.Values{"tab": {"Mine"}, "tab-client": {"on"}}, "Tab,Service,Link,Quantity,Client\nMine,"},
		"none in particular": {url.Values{"tab-client": {"on"}}, "Tab,Service,Link,Quantity,Client\nNord,"},
	} {
		t.Run(name, func(t *testing.T) {
			v := newVisit(t)
			sheet, _ := v.upload("a.xlsx", book, "Nord")
			if code, text := v.post(sheet, c.said); code != 200 || !strings.Contains(text, "will be ordered") {
				t.Fatalf("%d: %s", code, text)
			}
			_, csv := v.get(sheet + "/files/corrected.csv")
			if got := strings.ReplaceAll(strings.TrimPrefix(csv, "\ufeff"), "\r\n", "\n"); !strings.HasPrefix(got, c.want) {
				t.Errorf("%q", got)
			}
			_, text := v.get(sheet)
			if ticked := strings.Contains(text, `name="tab-client" checked`); ticked != (c.said["tab-client"] != nil) {
				t.Errorf("it is ticked: %t", ticked)
			}
		})
	}
}
