package panel

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// echoedKey has everything that is written in several ways.
const echoedKey = `Kq/7+x&Z "s'<d\9=e>f w:ü-` + "b64/aB"

func wholly(s, format string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, format, s[i])
	}
	return b.String()
}

func inJSON(s string) string {
	b, _ := json.Marshal(s)
	return string(b[1 : len(b)-1])
}

// writings are the ways in which panels write what they echo.
var writings = map[string]func(string) string{
	"as it is":              func(s string) string { return s },
	"url":                   url.QueryEscape,
	"url, small letters":    func(s string) string { return lowerEscapes(url.QueryEscape(s)) },
	"url, blank as %20":     url.PathEscape,
	"url, every byte":       func(s string) string { return wholly(s, "%%%02x") },
	"url twice":             func(s string) string { return url.QueryEscape(url.QueryEscape(s)) },
	"JSON":                  inJSON,
	"JSON as PHP writes it": func(s string) string { return strings.ReplaceAll(inJSON(s), "/", `\/`) },
	"JSON, every byte":      func(s string) string { return wholly(strings.ReplaceAll(s, "ü", "u"), `\u%04X`) },
	"JSON inside JSON":      func(s string) string { return inJSON(strings.ReplaceAll(inJSON(s), "/", `\/`)) },
	"HTML":                  html.EscapeString,
	"HTML, hexadecimal": func(s string) string {
		return strings.ReplaceAll(html.EscapeString(s), "/", "&#x2F;")
	},
	"HTML, decimal": func(s string) string { return strings.ReplaceAll(html.EscapeString(s), "/", "&#47;") },
	"HTML, no semicolons": func(s string) string {
		return wholly(strings.ReplaceAll(s, "ü", "u"), "&#%03d") +
			";"
	},
	"HTML inside JSON":            func(s string) string { return inJSON(html.EscapeString(s)) },
	"quoted as Go does":           func(s string) string { return strings.Trim(strconv.Quote(s), `"`) },
	"quoted as Go does, in ASCII": func(s string) string { return strings.Trim(strconv.QuoteToASCII(s), `"`) },
	"base64":                      func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	"base64, not padded":          func(s string) string { return base64.RawStdEncoding.EncodeToString([]byte(s)) },
	"base64 for URLs":             func(s string) string { return base64.URLEncoding.EncodeToString([]byte(s)) },
	"base64 for URLs, not padded": func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) },
	"base64 behind one byte": func(s string) string {
		return base64.StdEncoding.EncodeToString([]byte(":" + s + ":"))
	},
	"base64 behind two bytes": func(s string) string { return base64.URLEncoding.EncodeToString([]byte("k=" + s + ".")) },
	"base64 in a URL": func(s string) string {
		return url.QueryEscape(base64.StdEncoding.EncodeToString([]byte(s)))
	},
	"base64 in JSON": func(s string) string { return `a\/` + base64.StdEncoding.EncodeToString([]byte("id:"+s)) },
}

var escapes = regexp.MustCompile(`%[0-9A-F]{2}`)

func lowerEscapes(s string) string { return escapes.ReplaceAllStringFunc(s, strings.ToLower) }

// cuts are what is left of a key that a panel cuts.
func cuts(key string) map[string]string {
	parts := map[string]string{"whole": key}
	for n := shortestPart; n < len(key); n++ {
		parts[fmt.Sprintf("its first %d", n)] = key[:n]
		parts[fmt.Sprintf("its last %d", n)] = key[len(key)-n:]
	}
	for i := range len(key) - shortestPart {
		parts[fmt.Sprintf("eight from %d", i)] = key[i : i+shortestPart]
	}
	return parts
}

var (
	coded   = regexp.MustCompile(`[A-Za-z0-9+/_-]{10,}`)
	numbers = regexp.MustCompile(`\\u00([0-9a-fA-F]{2})|\\x([0-9a-fA-F]{2})|%([0-9a-fA-F]{2})`)
)

// holds tells which part of a key a text holds, in whatever writing; empty: none. It reads the text as the ordinary
// decoders do, and shares nothing with what it tests.
func holds(text, key string) string {
	read := []string{text}
	for range 3 {
		last := read[len(read)-1]
		last = numbers.ReplaceAllStringFunc(last, func(s string) string {
			code, _ := strconv.ParseUint(s[len(s)-2:], 16, 8)
			return string([]byte{byte(code)})
		})
		last = html.UnescapeString(last)
		last = strings.NewReplacer(`\/`, "/", `\"`, `"`, `\\`, `\`).Replace(last)
		read = append(read, last, strings.ReplaceAll(last, "+", " "))
	}
	for _, t := range read {
		for _, run := range coded.FindAllString(t, -1) {
			run = strings.NewReplacer("-", "+", "_", "/").Replace(run)
			for from := range 4 {
				plain, _ := base64.RawStdEncoding.DecodeString(run[from : from+(len(run)-from)/4*4])
				read = append(read, string(plain))
			}
		}
	}
	for _, t := range read {
		for i := range len(key) - shortestPart + 1 {
			if part := key[i : i+shortestPart]; strings.Contains(t, part) {
				return part
			}
		}
	}
	return ""
}

// TestTheKeyInEveryWriting: nothing is left of a key or of a part of it, and what stands around it stays.
func TestTheKeyInEveryWriting(t *testing.T) {
	b := newBlotter(echoedKey)
	for name, write := range writings {
		for part, cut := range cuts(echoedKey) {
			text := `{"order":23501,"error":"Invalid key (` + write(cut) + `) given","status":"In progress"}`
			got := b.text(text)
			if left := holds(got, echoedKey); left != "" {
				t.Errorf("%s, %s: %q\nbecame %q, which holds %q", name, part, text, got, left)
			}
			if !strings.HasPrefix(got, `{"order":23501,"error":"Invalid key (`) ||
				!strings.HasSuffix(got, `) given","status":"In progress"}`) {
				t.Errorf("%s, %s: what stands around it is gone: %q", name, part, got)
			}
		}
	}
}

// TestAnAnswerStaysJSON: an answer that is JSON is it without the key too.
func TestAnAnswerStaysJSON(t *testing.T) {
	b := newBlotter(echoedKey)
	for name, write := range writings {
		for part, cut := range cuts(echoedKey) {
			text, _ := json.Marshal(map[string]string{"order": "23501", "error": "key " + write(cut) + " is wrong\n"})
			if got := b(text); !json.Valid(got) {
				t.Errorf("%s, %s: %q became %q", name, part, text, got)
			}
		}
	}
}

func TestWhatIsNotTheKeyStays(t *testing.T) {
	for _, c := range []struct{ name, key, text, want string }{
		{"another order id", "8f14e45fceea167a", `{"order":14454167}`, ""},
		{"seven characters of a key", "8f14e45fceea167a", `{"order":"8f14e45"}`, ""},
		{"a part of a number of digits", "1234567890123456", `{"order":12345678}`, ""},
		{"a number of digits inside a longer one", "12345678", `{"order":9123456780}`, ""},
		{"a number of digits", "12345678", `{"error":"key 12345678"}`, `{"error":"key [key]"}`},
		{"a number of digits as it echoes in base64", "12345678", `{"error":"MTIzNDU2Nzg="}`, `{"error":"[key]g="}`},
		{"a short key", "abcdef", `{"error":"abcdef abcde YWJjZGVm"}`, `{"error":"[key] abcde [key]"}`},
		{"a key of three characters", "abc", `{"error":"abc"}`, ""},
		{"no key", "", `{"error":""}`, ""},
		{"escapes of all kinds", "8f14e45fceea167a", `{"name":"\u0130ngilizce \"A\/B\" &amp; 100% %zz \`, ""},
		{"twice", "8f14e45fceea167a", "8f14e45fceea167a8f14e45fceea167a 8f14e45fceea167a", "[key] [key]"},
	} {
		if got := newBlotter(c.key).text(c.text); got != c.want && (c.want != "" || got != c.text) {
			t.Errorf("%s: %q became %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

// TestNothingComesInElsewhere: what reads the wire besides exchange would let the key through.
func TestNothingComesInElsewhere(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), ".RoundTrip("); n > 0 && file != "exchange.go" &&
			!strings.HasSuffix(file, "_test.go") {
			t.Errorf("%s sends requests by itself", file)
		}
	}
}

// FuzzBlot: whatever a panel makes of the key, none of it is left, and JSON stays JSON.
func FuzzBlot(f *testing.F) {
	b := newBlotter(echoedKey)
	for _, write := range writings {
		f.Add(`{"error":"`+write(echoedKey)+`"}`, 0, len(echoedKey))
	}
	f.Fuzz(func(t *testing.T, around string, from, to int) {
		for _, write := range writings {
			part := echoedKey[max(0, min(from, len(echoedKey))):]
			part = part[:max(0, min(to, len(part)))]
			got := b.text(around + write(part) + around)
			if left := holds(got, echoedKey); left != "" {
				t.Fatalf("%q became %q, which holds %q", around+write(part)+around, got, left)
			}
		}
	})
}

// TestALongAnswerIsReadQuickly: the longest list that is read, full of escapes.
func TestALongAnswerIsReadQuickly(t *testing.T) {
	item := []byte(`{"service":1,"name":"\u0130nstagram \/ Takip\u00e7i","rate":"0.90","min":"50","max":"10000"},`)
	text := bytes.Repeat(item, maxRead/len(item))
	b := newBlotter("8f14e45fceea167a5a36dedd4bea2543")
	begin := time.Now()
	got := b(text)
	took := time.Since(begin)
	if !bytes.Equal(got, text) {
		t.Error("it changed")
	}
	if took > 10*time.Second {
		t.Errorf("%d MiB took %v", len(text)>>20, took)
	}
	t.Logf("%d MiB took %v", len(text)>>20, took)
}

// places are where a panel puts its echo into the bytes of its answer.
var places = map[string]func(echo string) string{
	"body":           func(echo string) string { return answerOf(`{"error":"Incorrect request ` + echo + `"}`) },
	"body, as id":    func(echo string) string { return answerOf(`{"order":"` + echo + `","status":"` + echo + `"}`) },
	"body, many":     func(echo string) string { return answerOf(`{"1":{"error":"` + echo + `"},"2":"` + echo + `"}`) },
	"body, list":     func(echo string) string { return answerOf(`[{"order":1,"refill":{"error":"` + echo + `"}}]`) },
	"body, services": func(echo string) string { return answerOf(`[{"service":"1","name":"` + echo + `"}]`) },
	"body, balance":  func(echo string) string { return answerOf(`{"balance":"` + echo + `","currency":"` + echo + `"}`) },
	"body, a page":   func(echo string) string { return answerOf("<html>" + echo) },
	"body, broken off": func(echo string) string {
		return "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{\"order\":\"" + echo
	},
	"HTTP 400": func(echo string) string { return "HTTP/1.1 400 No\r\n\r\n" + echo },
	"redirect": func(echo string) string {
		return "HTTP/1.1 302 Found\r\nLocation: https://panel.example/?" + oneLine(echo) + "\r\n\r\n"
	},
	"status line": func(echo string) string { return "HTTP/1.1 " + oneLine(echo) + "\r\n\r\n" },
	"no HTTP":     func(echo string) string { return oneLine(echo) + "\r\n\r\n" },
	"no header":   func(echo string) string { return "HTTP/1.1 200 OK\r\n" + oneLine(echo) + "\r\n\r\n{}" },
	"length": func(echo string) string {
		return "HTTP/1.1 200 OK\r\nContent-Length: " + oneLine(echo) +
			"\r\n\r\n{}"
	},
	"encoding": func(echo string) string {
		return "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + oneLine(echo) + "\r\n\r\n{}"
	},
	"a slow-down": func(echo string) string {
		return "HTTP/1.1 429 No\r\nRetry-After: " + oneLine(echo) + "\r\n\r\n{\"error\":\"" + echo + "\"}"
	},
}

func oneLine(s string) string { return strings.NewReplacer("\r", "", "\n", "").Replace(s) }

// actions call a panel in every way and give all that they tell.
var actions = map[string]func(*Client, *testing.T) []any{
	"add": func(c *Client, t *testing.T) []any { return []any{c.Add(t.Context(), order())} },
	"services": func(c *Client, t *testing.T) []any {
		catalogue, err := c.Services(t.Context())
		return []any{catalogue, err}
	},
	"balance": func(c *Client, t *testing.T) []any {
		balance, err := c.Balance(t.Context())
		return []any{balance, err}
	},
	"examine": func(c *Client, t *testing.T) []any {
		seen, err := c.Examine(t.Context())
		return []any{seen, err}
	},
	"status of one": func(c *Client, t *testing.T) []any {
		statuses, err := c.Statuses(t.Context(), []string{"1"}, nil)
		return []any{statuses, err}
	},
	"status of many": func(c *Client, t *testing.T) []any {
		statuses, err := c.Statuses(t.Context(), []string{"1", "2"}, nil)
		return []any{statuses, err}
	},
	"refill": func(c *Client, t *testing.T) []any {
		asked, err := c.Refill(t.Context(), []string{"1"})
		return []any{asked, err}
	},
	"refill of many": func(c *Client, t *testing.T) []any {
		asked, err := c.Refill(t.Context(), []string{"1", "2"})
		return []any{asked, err}
	},
	"refill_status": func(c *Client, t *testing.T) []any {
		receipts, err := c.RefillStatus(t.Context(), []string{"1", "2"})
		return []any{receipts, err}
	},
	"cancel": func(c *Client, t *testing.T) []any {
		asked, err := c.Cancel(t.Context(), []string{"1", "2"}, nil)
		return []any{asked, err}
	},
}

// told is everything that a value tells: as it prints, with its fields, and each error inside it.
func told(values []any) string {
	var b strings.Builder
	for _, v := range values {
		fmt.Fprintf(&b, "%v %+v %q %#v\n", v, v, v, v)
		if catalogue, is := v.(*Catalogue); is && catalogue != nil {
			fmt.Fprintf(&b, "%+v", *catalogue)
		}
		for err, is := v.(error); is && err != nil; err = errors.Unwrap(err) {
			fmt.Fprintf(&b, "%v\n%+v\n%#v\n", err, err, err)
		}
	}
	return b.String()
}

// TestNoActionTellsTheKey: a panel that echoes the key, in any writing, in any place of its answer to any action.
func TestNoActionTellsTheKey(t *testing.T) {
	for writing, write := range writings {
		t.Run(writing, func(t *testing.T) {
			t.Parallel()
			answers := make(chan string, 1)
			c, err := New(Panel{Name: "test", URL: echoing(t, answers)}, NewKey(echoedKey), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			c.pause = time.Millisecond
			for place, put := range places {
				answers <- put(write(echoedKey))
				for action, call := range actions {
					got := told(call(c, t))
					if left := holds(got, echoedKey); left != "" {
						t.Errorf("%s, in %s: %q is told:\n%s", action, place, left, got)
					}
				}
				<-answers
			}
		})
	}
}

// echoing serves the answer that stands in the channel.
func echoing(t *testing.T, answers chan string) string {
	return listen(t, func(c net.Conn) {
		req, err := http.ReadRequest(bufio.NewReader(c))
		if err != nil {
			return
		}
		io.Copy(io.Discard, req.Body)
		answer := <-answers
		answers <- answer
		io.WriteString(c, answer)
	})
}
