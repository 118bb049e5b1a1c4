package web

import (
	"bytes"
	"context"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/settings"
	"bulkorder/samples/sandbox"
)

// TestMain keeps the developer's own columns out.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "bulkorder-")
	if err == nil {
		err = os.Setenv("XDG_STATE_HOME", dir)
	}
	code := 1
	if err == nil {
		code = m.Run()
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

// visit is a person at the page of a sandbox's account, all within one process. Nobody sends what is placed, unless
// send is called.
type visit struct {
	*testing.T
	panel  *sandbox.Sandbox
	desk   *desk.Desk
	page   http.Handler
	cookie *http.Cookie
	at     string // the address of the last page
	config string // the configuration to which panels are added
	mirror desk.Mirror
	late   time.Duration

	clients ClientsOf
	on      string // the account that sheets are ordered on; empty: the one that is meant
}

func newVisit(t *testing.T) *visit {
	t.Helper()
	t.Parallel()
	dir := t.TempDir()
	panel, err := sandbox.New(sandbox.Config{Key: "k", Balance: "1000", Speed: -1})
	must(t, err)
	server := httptest.NewServer(panel)
	t.Cleanup(func() { panel.Close(); server.Close() })
	v := &visit{T: t, panel: panel}
	given := map[string]settings.Value{}
	for name, value := range map[string]string{
		"url": server.URL + "/api/v2", "rate": "1000/s", "journal": filepath.Join(dir, "journal.db"),
	} {
		given[name] = settings.FromFlag(name, value)
	}
	v.desk = desk.New(&desk.Accounts{Settings: settings.Settings{Given: given, Environ: func(name string) string {
		return map[string]string{"BULKORDER_KEY": "k"}[name]
	}}}, "anna")
	t.Cleanup(func() { must(t, v.desk.Close()) })
	v.starts()
	return v
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wants wants all of these in a page.
func wants(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q isn't told: %s", part, text)
		}
	}
}

// starts starts the server anew: it knows what is in the books alone.
func (v *visit) starts() {
	v.Helper()
	entry := &Entry{Owner: "anna", secret: []byte("so secret"), out: map[string]time.Time{}} // Open takes its time
	s := &Server{Desk: v.desk, Hosts: []string{"page.test"}, Entry: entry, Log: slog.New(slog.DiscardHandler),
		Every:  "off",
		Config: v.config, Mirror: v.mirror, Late: v.late, Clients: v.clients}
	var err error
	v.page, err = s.Handler()
	must(v.T, err)
	w := httptest.NewRecorder()
	entry.leave(w, person{"anna", true})
	v.cookie = w.Result().Cookies()[0]
}

// ask makes a request, and follows to where it leads.
func (v *visit) ask(ctx context.Context, method, path, kind string, body io.Reader) (int, string) {
	v.Helper()
	r := httptest.NewRequestWithContext(ctx, method, "http://page.test"+path, body)
	r.AddCookie(v.cookie)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	w := httptest.NewRecorder()
	v.page.ServeHTTP(w, r)
	v.at, _, _ = strings.Cut(path, "?")
	if w.Code == http.StatusSeeOther {
		next, _, _ := strings.Cut(w.Header().Get("Location"), "#")
		return v.ask(context.WithoutCancel(ctx), "GET", next, "", nil)
	}
	return w.Code, w.Body.String()
}

func (v *visit) get(path string) (int, string) {
	v.Helper()
	return v.ask(v.Context(), "GET", path, "", nil)
}

func (v *visit) post(path string, form url.Values) (int, string) {
	v.Helper()
	return v.ask(v.Context(), "POST", path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// upload drops a sheet and reads it with these worksheets; it gives where it is.
func (v *visit) upload(name, content string, tabs ...string) (sheet, review string) {
	v.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("sheet", name)
	must(v.T, err)
	_, err = io.WriteString(file, content)
	must(v.T, err)
	must(v.T, form.WriteField("panel", v.on))
	must(v.T, form.Close())
	code, text := v.ask(v.Context(), "POST", "/sheets", form.FormDataContentType(), &body)
	if sheet = v.at; code != 200 || !strings.HasPrefix(sheet, "/sheets/") {
		v.Fatalf("%d at %s: %s", code, sheet, text)
	}
	_, review = v.post(sheet, url.Values{"tab": tabs})
	return sheet, review
}

// form gives what the form of a page sends whose button is named so.
func form(page, button string) url.Values {
	for _, f := range regexp.MustCompile(`(?s)<form.*?</form>`).FindAllString(page, -1) {
		at := regexp.MustCompile(`<button([^>]*)>` + button).FindStringSubmatch(f)
		if at == nil {
			continue
		}
		all := url.Values{}
		for _, in := range regexp.MustCompile(`<input [^>]*>`).FindAllString(f, -1) {
			if attr(in, "type") != "checkbox" {
				all.Add(attr(in, "name"), attr(in, "value"))
			}
		}
		for _, in := range regexp.MustCompile(`(?s)<textarea ([^>]*)>\n(.*?)</textarea>`).FindAllStringSubmatch(f, -1) {
			all.Add(attr(in[1], "name"), html.UnescapeString(in[2]))
		}
		if name := attr(at[1], "name"); name != "" {
			all.Add(name, attr(at[1], "value"))
		}
		return all
	}
	return nil
}

func attr(tag, name string) string {
	if m := regexp.MustCompile(`\b` + name + `="([^"]*)"`).FindStringSubmatch(tag); m != nil {
		return html.UnescapeString(m[1])
	}
	return ""
}

// rows gives the rows of a table of rows, by what their first cells say: state and number.
func rows(page string) (all []string) {
	for _, tr := range regexp.MustCompile(`(?s)<tr id="row-.*?</tr>`).FindAllString(page, -1) {
		cells := regexp.MustCompile(`(?s)<t[dh][^>]*>(.*?)</t[dh]>`).FindAllStringSubmatch(tr, 5)
		var one []string
		for _, c := range []int{0, 1, 3, 4} {
			text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(cells[c][1], "")
			one = append(one, strings.TrimSpace(html.UnescapeString(text)))
		}
		all = append(all, strings.Join(one, " | "))
	}
	return all
}

// place goes through the question and places; it gives the batch.
func (v *visit) place(sheet string) string {
	v.Helper()
	_, page := v.get(sheet + "/place")
	code, text := v.post(sheet+"/place", form(page, "Place "))
	if code != 200 || !strings.HasPrefix(v.at, "/batches/") {
		v.Fatalf("%d at %s: %s", code, v.at, text)
	}
	return strings.TrimPrefix(v.at, "/batches/")
}

// send sends all that is placed.
func (v *visit) send() {
	v.Helper()
	jobs, err := v.desk.Jobs(v.Context())
	must(v.T, err)
	for _, job := range jobs {
		_, _, err := v.desk.Work(v.Context(), job, nil)
		must(v.T, err)
	}
}

// links gives the links that the panel has orders of, as often as it has.
func (v *visit) links() map[string]int {
	all := map[string]int{}
	for _, o := range v.panel.Ledger() {
		all[o.Fields["link"]]++
	}
	return all
}

func (v *visit) known(id string) desk.Upload {
	v.Helper()
	u, err := v.desk.FindUpload(v.Context(), strings.TrimPrefix(id, "/sheets/"))
	must(v.T, err)
	return u
}

func (v *visit) batch(id string) journal.Batch {
	v.Helper()
	b, err := v.desk.Find(v.Context(), id)
	must(v.T, err)
	return b
}

func (v *visit) faults(texts ...string) {
	v.Helper()
	var all []sandbox.Fault
	for _, text := range texts {
		f, err := sandbox.ParseFault(text)
		must(v.T, err)
		all = append(all, f)
	}
	must(v.T, v.panel.SetFaults(all))
}
