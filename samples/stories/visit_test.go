package stories_test

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"time"
)

// browser is a person's browser without scripts, and the server that it looks at.
type browser struct {
	*http.Client
	w       *shop
	addr    string // host:port
	process *exec.Cmd
	at      string   // where the last page was
	scheme  string   // empty: http
	more    []string // of the command line
	metrics string   // where they are; empty: nobody asked for them
}

// serve starts the page and comes in by its link.
func (w *shop) serve() *browser {
	w.t.Helper()
	jar, err := cookiejar.New(nil)
	must(w.t, err)
	b := &browser{Client: &http.Client{Jar: jar, Timeout: 30 * time.Second}, w: w, addr: "127.0.0.1:0"}
	code, _ := b.get(b.start())
	if code != 200 {
		w.t.Fatalf("the link gives %d", code)
	}
	return b
}

// start starts the server, and gives the link that it prints.
func (b *browser) start() string {
	t := b.w.t
	t.Helper()
	args := append([]string{"serve", "--addr", b.addr, "--json", "--rate", "50/s", "--every", "off"}, b.more...)
	b.process = b.w.command(args...)
	out, err := b.process.StdoutPipe()
	must(t, err)
	must(t, b.process.Start())
	t.Cleanup(func() { b.process.Process.Kill(); b.process.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	must(t, err)
	var link struct{ URL, Metrics string }
	if err := json.Unmarshal([]byte(line), &link); err != nil || link.URL == "" {
		t.Fatalf("the first line is %q: %v", line, err)
	}
	u, err := url.Parse(link.URL)
	must(t, err)
	b.addr, b.metrics = u.Host, link.Metrics
	return u.RequestURI()
}

// killed ends the server as a power cut does, and starts it again: the browser comes in by its cookie.
func (b *browser) killed() {
	b.w.t.Helper()
	must(b.w.t, b.process.Process.Kill())
	b.process.Wait()
	b.start()
}

// get opens a page.
func (b *browser) get(path string) (int, string) { return b.do("GET", path, "", nil) }

// post sends a form.
func (b *browser) post(path string, form url.Values) (int, string) {
	return b.do("POST", path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func (b *browser) do(method, path, kind string, body io.Reader) (int, string) {
	b.w.t.Helper()
	req, err := http.NewRequest(method, cmp.Or(b.scheme, "http")+"://"+b.addr+path, body)
	must(b.w.t, err)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	resp, err := b.Do(req)
	must(b.w.t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	must(b.w.t, err)
	if holdsKey(string(text)) || strings.Contains(string(text), "goroutine ") {
		b.w.t.Errorf("%s %s shows the key or a stack trace", method, path)
	}
	b.at = resp.Request.URL.Path
	return resp.StatusCode, string(text)
}

// upload sends a sheet.
func (b *browser) upload(name, content string) (int, string) {
	b.w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("sheet", name)
	must(b.w.t, err)
	io.WriteString(file, content)
	must(b.w.t, form.WriteField("panel", ""))
	must(b.w.t, form.Close())
	return b.do("POST", "/sheets", form.FormDataContentType(), &body)
}

// chip gives the count of a filter.
func chip(page, name string) string {
	if m := regexp.MustCompile(`>` + name + ` ([\d,]+)<`).FindStringSubmatch(page); m != nil {
		return m[1]
	}
	return "none"
}

// hidden gives the value of a hidden field.
func hidden(page, name string) string {
	if m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page); m != nil {
		return m[1]
	}
	return ""
}
