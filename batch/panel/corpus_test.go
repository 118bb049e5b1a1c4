package panel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// answerCase is one case of testdata/answers; its README tells the format.
type answerCase struct {
	name, where string
	action      string // with its ids; empty: add
	status      int
	header      http.Header
	body        []byte
	want        []string // what stands behind "--> "
}

// TestEveryKnownAnswerToAdd judges each answer of the corpus. The verdicts were decided from the rules, before
// the program was asked.
func TestEveryKnownAnswerToAdd(t *testing.T) {
	cases := readCorpus(t, "add")
	if len(cases) < 400 {
		t.Errorf("the corpus has %d answers, want 400 at least", len(cases))
	}
	checkDistinct(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			want := wantedAdded(t, c)
			begin := time.Now()
			got := judge(c.status, c.header, c.body, nil, taught{})
			if took := time.Since(begin); took > 5*time.Second && !testing.Short() { // the race detector is no clock
				t.Errorf("it took %v", took)
			}
			if got.Words == "" {
				t.Error("nothing is said to the person")
			}
			got.Words, got.ErrorText = "", false
			if want.Verdict == InDoubt && want.Class == ClassUnknown {
				got.Class = ClassUnknown // whether a doubtful text is known changes nothing
			}
			if got != want {
				t.Errorf("%s: HTTP %d %.120q\ngot  %s\nwant %s", c.where, c.status, c.body, inWords(got), inWords(want))
			}
		})
	}
}

// TestEveryKnownAnswerBrokenOff: whatever an answer says, it decides nothing when its connection broke.
func TestEveryKnownAnswerBrokenOff(t *testing.T) {
	for _, c := range readCorpus(t, "add") {
		if a := judge(c.status, c.header, c.body, io.ErrUnexpectedEOF, taught{}); a.Verdict != InDoubt {
			t.Errorf("%s: %s: got %s, want doubt", c.where, c.name, inWords(a))
		}
	}
}

func inWords(a Added) string {
	return fmt.Sprintf("%v, order %q, candidate %q, class %q, stop %q, wait %v", a.Verdict, a.OrderID, a.Candidate,
		a.Class, a.Stop, a.RetryAfter)
}

// wantedAdded reads "refused, class key, stop key".
func wantedAdded(t *testing.T, c answerCase) Added {
	t.Helper()
	if len(c.want) != 1 {
		t.Fatalf("%s: %d verdicts", c.where, len(c.want))
	}
	parts := strings.Split(c.want[0], ", ")
	want, known := Added{}, false
	for v := InDoubt; v <= Short; v++ {
		if v.String() == parts[0] {
			want.Verdict, known = v, true
		}
	}
	if !known {
		t.Fatalf("%s: %q is no verdict", c.where, parts[0])
	}
	for _, part := range parts[1:] {
		name, value, _ := strings.Cut(part, " ")
		switch name {
		case "order":
			want.OrderID = value
		case "candidate":
			want.Candidate = value
		case "stop":
			want.Stop = Stop(value)
		case "class":
			want.Class = classNamed(t, c, value)
		case "wait":
			wait, err := time.ParseDuration(value)
			if err != nil {
				t.Fatalf("%s: %v", c.where, err)
			}
			want.RetryAfter = wait
		default:
			t.Fatalf("%s: %q is nothing that is compared", c.where, part)
		}
	}
	return want
}

func classNamed(t *testing.T, c answerCase, name string) Class {
	t.Helper()
	if name == "active order" {
		name = string(ClassActive)
	}
	for _, class := range append(classes(), ClassAway, ClassBlocked) {
		if string(class) == name {
			return class
		}
	}
	t.Fatalf("%s: %q is no class", c.where, name)
	return ClassUnknown
}

// TestEveryKnownAnswerToTheOtherActions asks a server that has one answer only; where that is a list of as many as are
// asked for, one order alone is answered by its own.
func TestEveryKnownAnswerToTheOtherActions(t *testing.T) {
	cases := readCorpus(t, "reads")
	checkDistinct(t, cases)
	checkReads(t, cases)
}

func checkReads(t *testing.T, cases []answerCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.action+": "+c.name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				for name, values := range c.header {
					w.Header()[name] = values
				}
				w.WriteHeader(c.status)
				w.Write(c.of(r.PostFormValue("order")))
			}))
			defer s.Close()
			got := asked(t, client(t, s.URL, nil), c)
			if got, want := strings.Join(got, "\n"), strings.Join(c.want, "\n"); got != want {
				t.Errorf("%s: HTTP %d %.120q\ngot\n%s\nwant\n%s", c.where, c.status, c.body, got, want)
			}
		})
	}
}

// of is the answer about one order of several.
func (c answerCase) of(order string) []byte {
	_, list, _ := strings.Cut(c.action, " ")
	ids := strings.Split(list, ",")
	var items []json.RawMessage
	at := slices.Index(ids, order)
	if json.Unmarshal(c.body, &items) != nil || len(items) != len(ids) || at < 0 || len(ids) < 2 {
		return c.body
	}
	return items[at]
}

// asked calls the case's action and tells what came of it, a line for each id.
func asked(t *testing.T, cl *Client, c answerCase) []string {
	t.Helper()
	action, list, _ := strings.Cut(c.action, " ")
	ids := strings.Split(list, ",")
	switch ctx := t.Context(); action {
	case "status":
		found, err := cl.Statuses(ctx, ids, nil)
		return lines(ids, found, err, statusLine)
	case "refill":
		a, err := cl.Refill(ctx, ids)
		return askedLines(ids, a, err)
	case "refill_status":
		found, err := cl.RefillStatus(ctx, ids)
		return lines(ids, found, err, receiptLine)
	case "cancel":
		a, err := cl.Cancel(ctx, ids, nil)
		return askedLines(ids, a, err)
	case "balance":
		return balanceLines(ctx, cl)
	case "services":
		return serviceLines(ctx, cl)
	}
	t.Fatalf("%s: %q is no action", c.where, action)
	return nil
}

func lines[T any](ids []string, found map[string]T, err error, line func(T) string) []string {
	if err != nil {
		return []string{errorLine(err)}
	}
	var all []string
	for _, id := range ids {
		if one, is := found[id]; is {
			all = append(all, id+": "+line(one))
		}
	}
	if len(all) != len(found) {
		all = append(all, fmt.Sprintf("and %d that nobody asked for", len(found)-len(all)))
	}
	if len(all) == 0 {
		return []string{"nothing"}
	}
	return all
}

func errorLine(err error) string {
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal) && refusal.Class == ClassUnknown:
		return "refused: " + refusal.Text
	case errors.As(err, &refusal):
		return fmt.Sprintf("refused, class %s: %s", refusal.Class, refusal.Text)
	case errors.Is(err, ErrNotAPI):
		return "no answer of the API"
	}
	return err.Error()
}

// join leaves out what is empty.
func join(parts ...string) string {
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, ", ")
}

func named(name, value string) string {
	if value == "" {
		return ""
	}
	return name + " " + value
}

func statusLine(s Status) string {
	charge := ""
	if s.Charge.Valid {
		charge = s.Charge.Decimal.String()
	}
	return join(
		s.Status,
		named("charge", charge),
		named("start", s.StartCount),
		named("remains", s.Remains),
		s.Currency,
		named("error", s.Error),
	)
}

func receiptLine(r Receipt) string {
	if r.Class == ClassUnsure {
		return join(r.ID, named("error", r.Error), "class unsure")
	}
	return join(r.ID, named("error", r.Error))
}

// askedLines adds what the verdict says of the orders without a receipt.
func askedLines(ids []string, a Asked, err error) []string {
	var all []string
	if len(a.Receipts) > 0 {
		all = lines(ids, a.Receipts, err, receiptLine)
	}
	if len(a.Receipts) < len(ids) && err == nil {
		wait := ""
		if a.RetryAfter > 0 {
			wait = "wait " + a.RetryAfter.String()
		}
		all = append(all, "rest: "+join(a.Verdict.String(), named("stop", string(a.Stop)), wait))
	}
	return all
}

func balanceLines(ctx context.Context, cl *Client) []string {
	b, err := cl.Balance(ctx)
	if err != nil {
		return []string{errorLine(err)}
	}
	return []string{strings.TrimSpace(b.Amount.String() + " " + b.Currency)}
}

func serviceLines(ctx context.Context, cl *Client) []string {
	catalogue, err := cl.Services(ctx)
	if err != nil {
		return []string{errorLine(err)}
	}
	var all []string
	for _, s := range catalogue.Services {
		if s.Oddity != "" {
			all = append(all, s.ID+": odd")
			continue
		}
		var refill, cancel, drip string
		if s.Refill {
			refill = "refill"
		}
		if s.Cancel {
			cancel = "cancel"
		}
		if s.Dripfeed != nil {
			drip = map[bool]string{true: "drip-feed", false: "no drip-feed"}[*s.Dripfeed]
		}
		all = append(all, s.ID+": "+join(s.Name, s.Type, s.Category, "rate "+s.Rate.String(),
			fmt.Sprintf("%d to %d", s.Min, s.Max), refill, cancel, drip))
	}
	return append(all, catalogue.Notes()...)
}

func checkDistinct(t *testing.T, cases []answerCase) {
	t.Helper()
	names, answers := map[string]string{}, map[string]string{}
	for _, c := range cases {
		answer := fmt.Sprint(c.action, c.status, c.header, string(c.body))
		if before, is := names[c.action+c.name]; is {
			t.Errorf("%s: the name %q stands at %s already", c.where, c.name, before)
		}
		if before, is := answers[answer]; is {
			t.Errorf("%s: the answer of %q stands at %s already", c.where, c.name, before)
		}
		names[c.action+c.name], answers[answer] = c.where, c.where
	}
}

// readCorpus reads the cases of a folder of testdata/answers.
func readCorpus(t *testing.T, folder string) []answerCase {
	t.Helper()
	return readAnswers(t, filepath.Join(folder, "*.txt"), folder == "reads")
}

// readAnswers reads the cases of some files below testdata/answers; reads: they name the action.
func readAnswers(t *testing.T, pattern string, reads bool) []answerCase {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "answers", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus in %s: %v", pattern, err)
	}
	var cases []answerCase
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// git may check out with carriage returns
		lines := strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
		for i := 0; i < len(lines); i++ {
			if lines[i] == "" {
				continue
			}
			where := fmt.Sprintf("%s:%d", filepath.Base(file), i+1)
			name, is := strings.CutPrefix(lines[i], "=== ")
			if !is {
				t.Fatalf("%s: a case begins with ===", where)
			}
			end := i + 1
			for end < len(lines) && lines[end] != "" || end < len(lines)-1 && !wanted(lines, i, end) {
				end++
			}
			cases = append(cases, parseCase(t, reads, name, where, lines[i+1:end]))
			i = end
		}
	}
	return cases
}

// wanted tells whether the case that begins at i has said what is wanted before end: a body may hold blank lines.
func wanted(lines []string, i, end int) bool {
	return end > i+1 && strings.HasPrefix(lines[end-1], "--> ")
}

func parseCase(t *testing.T, reads bool, name, where string, lines []string) answerCase {
	t.Helper()
	c := answerCase{name: name, where: where, status: http.StatusOK, header: http.Header{}}
	if reads && len(lines) > 0 {
		c.action, lines = lines[0], lines[1:]
	}
	if len(lines) > 0 && strings.HasPrefix(lines[0], "HTTP ") {
		parts := strings.Split(lines[0], " | ")
		status, err := strconv.Atoi(strings.TrimPrefix(parts[0], "HTTP "))
		if err != nil {
			t.Fatalf("%s: %v", where, err)
		}
		c.status, lines = status, lines[1:]
		for _, h := range parts[1:] {
			key, value, _ := strings.Cut(h, ": ")
			c.header.Add(key, value)
		}
	}
	var body []string
	for _, line := range lines {
		if want, is := strings.CutPrefix(line, "--> "); is {
			c.want = append(c.want, want)
			continue
		}
		body = append(body, line)
	}
	if len(c.want) == 0 {
		t.Fatalf("%s: nothing is wanted", where)
	}
	c.body = unfold(t, where, strings.Join(body, "\n"))
	return c
}

var folded = regexp.MustCompile(`«(.+?)(?:\*(\d+))?»`)

// unfold replaces «escapes*times».
func unfold(t *testing.T, where, body string) []byte {
	t.Helper()
	return folded.ReplaceAllFunc([]byte(body), func(b []byte) []byte {
		m := folded.FindSubmatch(b)
		var bytes []byte
		for rest := string(m[1]); rest != ""; {
			r, multi, tail, err := strconv.UnquoteChar(rest, 0)
			if err != nil {
				t.Fatalf("%s: %q: %v", where, b, err)
			}
			if multi {
				bytes = utf8.AppendRune(bytes, r)
			} else {
				bytes = append(bytes, byte(r))
			}
			rest = tail
		}
		times := 1
		if len(m[2]) > 0 {
			times, _ = strconv.Atoi(string(m[2]))
		}
		return []byte(strings.Repeat(string(bytes), times))
	})
}
