package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestWhatAnAddressNamesAndIsntThere: each is a page in words that leads on, and never a fault of the server.
func TestWhatAnAddressNamesAndIsntThere(t *testing.T) {
	v := newVisit(t)
	sheet, _ := v.upload("a.csv", "service,link,quantity\n1,https://example.com/a,100\n")
	batch := "/batches/" + v.place(sheet)
	for _, path := range []string{
		"/nowhere", "/batches/", "/batches/nowhere", batch + "/nowhere", batch + "/rows/99", batch + "/rows/none",
		batch + "/rows/2!3", batch + "/files/x.exe", "/batches/nowhere/rows/2", "/batches/nowhere/doubt",
		"/batches/nowhere/request", "/batches/nowhere/offer", "/batches/nowhere/files/results.csv",
		"/batches/nowhere/events", "/accounts/nowhere/catalogue", "/accounts/nowhere/template.xlsx", "/accounts/%2e%2e/catalogue",
		"/sheets/nowhere", "/sheets/nowhere/review", "/sheets/nowhere/place", "/sheets/nowhere/services",
		"/sheets/nowhere/files/corrected.csv", "/schedules/nowhere", "/accounts/nowhere",
	} {
		code, text := v.get(path)
		if code != http.StatusNotFound || !strings.Contains(text, "<h1>") || strings.Count(text, `<a href="/`) < 5 {
			t.Errorf("%s: %d: %s", path, code, text)
		}
	}
	for _, path := range []string{
		"/batches/nowhere/pause", "/batches/nowhere/go-on", "/batches/nowhere/refresh", "/batches/nowhere/release",
		"/batches/nowhere/offer", "/batches/nowhere/request", "/batches/nowhere/doubt", "/accounts/nowhere/pause",
		"/accounts/nowhere/go-on", "/sheets/nowhere", "/sheets/nowhere/row", "/sheets/nowhere/fix", "/sheets/nowhere/place",
		"/sheets/nowhere/accept", "/sheets/nowhere/service", "/sheets/nowhere/forget", batch + "/release?row=99",
	} {
		form := url.Values{"row": {"99"}, "line": {"2"}, "all": {"on"}, "do": {"placed"}, "reason": {"x"}, "order": {"1"}}
		code, text := v.post(path, form)
		if code != http.StatusNotFound || !strings.Contains(text, "<h1>") {
			t.Errorf("POST %s: %d: %s", path, code, text)
		}
	}
	for _, path := range []string{batch + "?from=99999999999999999999", batch + "?only=nowhere", batch + "?at=-1",
		"/batches?state=nowhere", "/batches?q=" + url.QueryEscape("%_\x00'\""), "/accounts?ask=nowhere",
	} {
		if code, text := v.get(path); code >= 500 || !strings.Contains(text, "<h1>") {
			t.Errorf("%s: %d: %s", path, code, text)
		}
	}
	if code, text := v.get(batch + "/pause"); code != http.StatusMethodNotAllowed || !strings.Contains(text, "<h1>") {
		t.Errorf("an action by GET: %d: %s", code, text)
	}
}
