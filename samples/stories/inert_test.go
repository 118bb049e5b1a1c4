package stories_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bulkorder/samples/sandbox"
)

// hostile are texts that would do something where a page takes them for more than text: they set window.ran, load
// something, or break out of where they stand.
func hostile() (all []string) {
	for _, core := range []string{
		`<script>ran=1</script>`, `<img src=x onerror=ran=1>`, `<svg onload=ran=1>`, `<svg><script>ran=1</script></svg>`,
		`<iframe srcdoc="<script>parent.ran=1</script>"></iframe>`, `<body onload=ran=1>`, `<a href=javascript:ran=1>x</a>`,
		`<form action=https://evil.example><button>x</button></form>`, `<base href=https://evil.example>`,
		`<meta http-equiv=refresh content=0;url=https://evil.example>`, `<link rel=stylesheet href=https://evil.example>`,
		`<style>*{display:none}</style>`, `<object data=javascript:ran=1>`, `<details open ontoggle=ran=1>`,
		`<template><script>ran=1</script></template>`, `<math><mi xlink:href=javascript:ran=1>`,
		`{{.Desk}}{{template "main"}}`, "${ran=1}",
	} {
		for _, out := range []string{`%s`, `">%s`, `'>%s`, `</textarea>%s`, `</title>%s`, `</select></table></form>%s`,
			`-->%s`, "\u202e%s"} {
			all = append(all, fmt.Sprintf(out, core))
		}
	}
	return append(all, `javascript:ran=1`, `" onmouseover="ran=1" x="`, `' onfocus='ran=1' autofocus x='`,
		`&lt;script&gt;ran=1`,
		`\u003cscript\u003eran=1`, `data:text/html,<script>ran=1</script>`, `=HYPERLINK("x")`)
}

// tags and attributes are those that pages of ours have.
var (
	knownTag = regexp.MustCompile(`^(html|head|meta|title|link|script|body|a|header|nav|main|div|span|h1|h2|p|form|` +
		`input|label|select|option|textarea|button|table|thead|tbody|tr|th|td|ul|ol|li|dl|dt|dd|section|details|summary|` +
		`fieldset|legend|progress|strong|code|br)$`)
	knownAttribute = regexp.MustCompile(`^(accept|action|aria-[a-z]+|autocapitalize|autocomplete|autofocus|charset|` +
		`checked|class|colspan|content|data-(drop|once|events|is)|defer|dir|disabled|enctype|for|form|href|id|inputmode|` +
		`lang|max|method|name|open|rel|required|role|rows|scope|selected|size|spellcheck|src|tabindex|title|type|value)$`)
	sameReview = regexp.MustCompile(`^\?(only=[a-z_]+&)?(from=[0-9]+&)?edit=[0-9]+#row-[0-9]+$`)
)

// inert wants a page that is made of nothing but what our pages are made of.
func inert(t *testing.T, where, text string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(text))
	scripts := 0
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		token := z.Token()
		if kind == html.CommentToken {
			t.Errorf("%s: a comment: %.100s", where, token)
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		if token.Data == "script" {
			scripts++
		}
		if !knownTag.MatchString(token.Data) {
			t.Errorf("%s: %.200s", where, token)
		}
		for _, a := range token.Attr {
			elsewhere := (a.Key == "href" || a.Key == "src" || a.Key == "action") && !strings.HasPrefix(a.Val, "#") &&
				(!strings.HasPrefix(a.Val, "/") || strings.HasPrefix(a.Val, "//")) && !sameReview.MatchString(a.Val)
			if !knownAttribute.MatchString(a.Key) || elsewhere || a.Key == "content" && strings.Contains(a.Val, "url=") {
				t.Errorf("%s: the attribute %s=%.60q of %.100s", where, a.Key, a.Val, token)
			}
		}
	}
	if scripts > 1 {
		t.Errorf("%s: %d scripts", where, scripts)
	}
}

// hostileShop is a panel whose services and errors are called so, and a sheet whose name, headers and cells say so.
func hostileShop(t *testing.T) (w *shop, name, sheet string) {
	t.Helper()
	texts := hostile()
	var config sandbox.Config
	var rows strings.Builder
	rows.WriteString("service,link,quantity," + csvCell(texts[1]) + "\n")
	for i, text := range texts {
		config.Services = append(config.Services, sandbox.Service{ID: int64(i + 1), Name: text, Type: "Default",
			Category: text, Rate: "0.9", Min: 10, Max: 1000, Cancel: true, Refill: true})
		config.Faults = append(config.Faults, sandbox.Fault{Action: "add", Kind: "error", Text: "Incorrect link " + text,
			From: i + 1, To: i + 1})
		fmt.Fprintf(&rows, "%d,%s,100,%s\n", i+1, page("inert", i), csvCell(text))
		fmt.Fprintf(&rows, "%d,%s,%s,%s\n", i+1, csvCell(text), csvCell(text), csvCell(text))
	}
	config.Speed = -1
	return newShop(t, config), `"><img src=x onerror=ran=1>.csv`, rows.String()
}

func csvCell(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// TestTextsOfSheetsAndPanelsAreInert: whatever stands in a file's name, a header, a cell, a service or an answer is
// text on every page.
func TestTextsOfSheetsAndPanelsAreInert(t *testing.T) {
	t.Parallel()
	w, name, sheet := hostileShop(t)
	if n := len(hostile()); n < 120 {
		t.Fatalf("%d hostile texts", n)
	}
	b := w.serve()
	code, text := b.upload(name, sheet)
	if code != 200 {
		t.Fatalf("%d: %s", code, text)
	}
	at := b.at
	seen := func(code int, text string) string {
		t.Helper()
		if code >= 500 {
			t.Errorf("%s: %d", b.at, code)
		}
		inert(t, b.at, text)
		return text
	}
	seen(code, text)
	b.post(at, nil)
	var words strings.Builder // as pages show them
	for _, path := range []string{"/review", "/review?only=invalid", "/review?at=201", "/review?at=401", "/review?edit=2",
		"/services?line=3&letter=A&q=ran", "/place", "/rehearsal"} {
		words.WriteString(seen(b.get(at + path)))
	}
	_, text = b.get(at + "/place")
	typed := regexp.MustCompile(`type ([\d.,]+)`).FindStringSubmatch(text)
	form := url.Values{"rows": {hidden(text, "rows")}, "shown": {hidden(text, "shown")}}
	if typed != nil {
		form.Set("sum", typed[1])
	}
	seen(b.post(at+"/place", form))
	placed := b.at
	answered := regexp.MustCompile(`\d (refused|in doubt)`)
	until(t, "the first answers", func() bool { _, text = b.get(placed); return answered.MatchString(text) })
	for _, path := range []string{placed, placed + "?only=refused", placed + "?only=invalid", placed + "?at=201",
		placed + "/rows/2", placed + "/rows/3", placed + "/doubt", placed + "/request?action=cancel&all=on", "/", "/batches",
		"/accounts", "/schedules", "/notices"} {
		words.WriteString(seen(b.get(path)))
	}
	for _, text := range hostile() {
		said := url.QueryEscape(text)
		for _, path := range []string{"/batches?q=" + said, "/in?to=" + said, placed + "?only=" + said + "&from=" + said,
			"/batches/" + url.PathEscape(text), "/accounts?ask=" + said} {
			inert(t, path, secondOf(b.get(path)))
		}
		inert(t, "an added panel", secondOf(b.post("/accounts", url.Values{"name": {text}, "url": {text}, "key": {"k"}})))
		inert(t, "a schedule", secondOf(b.post("/schedules", url.Values{"every": {text}, "until": {text}})))
	}
	plain := html.UnescapeString(words.String())
	for _, text := range hostile() {
		if strings.Contains(text, "<") && !strings.Contains(text, "\u202e") && !strings.Contains(plain, text) {
			t.Errorf("%q is shown nowhere", text)
		}
	}
}

func secondOf(_ int, text string) string { return text }
