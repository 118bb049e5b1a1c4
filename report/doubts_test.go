package report

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// TestTheNextCommandAboutDoubt is to look where nobody has, and then the decision that is left: never the command that
// found nothing more.
func TestTheNextCommandAboutDoubt(t *testing.T) {
	found := func(line int, f journal.Finding) journal.Doubted {
		return journal.Doubted{Line: parse.Line{N: line}, Finding: &f}
	}
	soon := time.Now().Add(time.Minute)
	for _, tt := range []struct {
		sentence string
		doubts   []journal.Doubted
		queued   int
		next     string
		advice   string
	}{
		{"nobody has looked", []journal.Doubted{{Line: parse.Line{N: 3}}}, 0, "bulkorder settle b",
			"`bulkorder settle b` has looked"},
		{"of one of them nobody has",
			[]journal.Doubted{{Line: parse.Line{N: 3}}, found(4, journal.Finding{NotPlaced: true})}, 0,
			"bulkorder settle b", "has looked"},
		{"it was too early",
			[]journal.Doubted{found(3, journal.Finding{Later: soon}), found(4, journal.Finding{NotPlaced: true})},
			0, "bulkorder settle b --wait", "Row 3: an order may still appear"},
		{"one may be an order", []journal.Doubted{found(3, journal.Finding{Placed: "1005"}),
			found(4, journal.Finding{NotPlaced: true})}, 0,
			`bulkorder settle b --row 3 --placed 1005 --reason "as settle found"`, "Row 3 may well be order 1005"},
		{"no order of theirs is there", []journal.Doubted{found(3, journal.Finding{NotPlaced: true}),
			found(7, journal.Finding{NotPlaced: true}), found(8, journal.Finding{NotPlaced: true}),
			found(9, journal.Finding{NotPlaced: true}), found(11, journal.Finding{})}, 5,
			`bulkorder settle b --row 3,7-9 --not-placed --reason "as settle found"`, "Rows 3,7-9: no order of theirs is there"},
		{"two rows bear one number", []journal.Doubted{
			{Line: parse.Line{N: 5, Seq: 4}, Finding: &journal.Finding{}, Link: "https://example.com/a", Left: true},
			{Line: parse.Line{N: 5, Seq: 9}, Finding: &journal.Finding{NotPlaced: true}, Link: "https://example.com/b"}}, 0,
			`bulkorder settle b --row 5@9 --not-placed --reason "as settle found"`,
			"Row 5@4 is the one for https://example.com/a, which the sheet no longer has so"},
		{"nothing is known, and other rows go on", []journal.Doubted{found(3, journal.Finding{})}, 5, "bulkorder resume b",
			"`bulkorder settle b --row 3 --reason \"seen on the page\" --placed ID` or, where none is there, " +
				"`bulkorder settle b --row 3 --reason \"not on the page\" --not-placed`"},
		{"nothing is known", []journal.Doubted{found(3, journal.Finding{})}, 0, "bulkorder explain b 3", "what is known"},
	} {
		totals := journal.Totals{Doubts: tt.doubts, States: map[journal.State]int{
			journal.InDoubt: len(tt.doubts), journal.Queued: tt.queued,
		}}
		r := NewResult(journal.Batch{ID: "b"}, totals)
		if advice := strings.Join(r.Advice(), "\n"); r.Next != tt.next || !strings.Contains(advice, tt.advice) {
			t.Errorf("%s: next %q, want %q; advice: %s", tt.sentence, r.Next, tt.next, advice)
		}
	}
}

// TestTheLifeOfARowInDoubtTellsWhatIsLeftToDo: not the command that gave up.
func TestTheLifeOfARowInDoubtTellsWhatIsLeftToDo(t *testing.T) {
	for _, tt := range []struct {
		sentence string
		finding  *journal.Finding
		twice    bool // the row's number is that of another one too
		want     []string
	}{
		{"nobody has looked", nil, false, []string{"`bulkorder settle b`"}},
		{"it was too early", &journal.Finding{Later: time.Now().Add(time.Minute)}, false,
			[]string{"`bulkorder settle b --wait`"}},
		{"it may be an order", &journal.Finding{Placed: "1005"}, false,
			[]string{"`bulkorder settle b --row 3 --placed 1005 --reason \"as settle found\"`"}},
		{"nothing is known", &journal.Finding{}, false, []string{"page of orders",
			"`bulkorder settle b --row 3 --reason \"seen on the page\" --placed ID`",
			"`bulkorder settle b --row 3 --reason \"not on the page\" --not-placed`"}},
		{"nothing is known of one of two", &journal.Finding{}, true, []string{"`bulkorder settle b --row 3@9 --reason "}},
	} {
		e := journal.Entry{Seq: 9, Line: 3, State: journal.InDoubt, Finding: tt.finding}
		words := strings.Join(Life{Batch: journal.Batch{ID: "b"}, Entry: e}.Left(tt.twice), "\n") + ProblemsOf(e)[0].Error()
		for _, want := range tt.want {
			if !strings.Contains(words, want) {
				t.Errorf("%s: %q isn't told in\n%s", tt.sentence, want, words)
			}
		}
		if looks := strings.Contains(words, "settle b`") || strings.Contains(words, "settle` looks"); looks &&
			tt.finding != nil && tt.finding.Later.IsZero() {
			t.Errorf("%s: the command that gave up is told again:\n%s", tt.sentence, words)
		}
	}
}

func TestLinesAreWrittenAsTheyAreRead(t *testing.T) {
	on := func(tab string, first int, numbers ...int) (all []parse.Line) {
		for _, n := range numbers {
			all = append(all, parse.Line{N: first + n, Tab: tab})
		}
		return all
	}
	const second, third = 1 << 21, 2 << 21
	for want, rows := range map[string][]parse.Line{
		"3": on("", 0, 3), "3,7-12": on("", 0, 12, 11, 3, 7, 8, 9, 10), "1-2,4": on("", 0, 1, 2, 2, 4),
		"Nord!3,7-8,Lux!7": slices.Concat(on("Nord", second, 8, 7, 3), on("Lux", third, 7)),
		"A, B!1,4,C!!2-3":  slices.Concat(on("A, B", second, 1, 4), on("C!", third, 2, 3)),
		"3-4,5@7,5@9,6":    append(on("", 0, 3, 4, 6), parse.Line{N: 5, Seq: 9}, parse.Line{N: 5, Seq: 7}),
		"Nord!5@7,6@8,7": append(on("Nord", second, 7), parse.Line{N: second + 5, Tab: "Nord", Seq: 7},
			parse.Line{N: second + 6, Tab: "Nord", Seq: 8}),
	} {
		got := Lines(rows)
		if got != want {
			t.Errorf("%v: %s, want %s", rows, got, want)
		}
		spans, err := parse.Spans(got)
		if err != nil {
			t.Errorf("%s: %v", got, err)
		}
		for _, row := range rows {
			if !slices.ContainsFunc(spans, func(s parse.Span) bool { return s.Has(row) }) {
				t.Errorf("%s is read as %v, without %s", got, spans, row)
			}
			row.Tab += "x"
			if slices.ContainsFunc(spans, func(s parse.Span) bool { return s.Has(row) }) {
				t.Errorf("%s is read as %v, with %s", got, spans, row)
			}
		}
	}
	for _, text := range []string{"", "x", "3-", "Nord!", "Nord!x", "3,,4", "7-3", "0", "Nord!3,Lux!", "9999999",
		"3@", "3@x", "3@0", "3@-1", "3-5@2", "@3"} {
		if spans, err := parse.Spans(text); err == nil {
			t.Errorf("%q is read as %v", text, spans)
		}
	}
}
