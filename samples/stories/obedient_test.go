//go:build unix

package stories_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// obedient is a person who does what the program says, word for word, and nothing else: who knows neither the panel's
// orders page nor what happened, and reads "no order of it is there" as leave to say that it was not placed.
type obedient struct {
	*trialShop
	did  map[string]int // how often each command was given
	told []string       // the commands and their endings, for who has to find out
}

// TestWhoFollowsTheWordsOrdersNothingTwice: on no kind of panel does a row cost twice what it should, whatever the
// program says and whoever believes it.
func TestWhoFollowsTheWordsOrdersNothingTwice(t *testing.T) {
	t.Parallel()
	rows := int(number(t, "BULKORDER_CHARACTER_ROWS", 50))
	seed := number(t, "BULKORDER_SEED", 0)
	const late = 700 * time.Millisecond
	for i, tr := range []trial{
		{name: "exact", like: []string{}},
		{name: "exact, and alone", like: []string{}, exclusive: "true"},
		{name: "cents", like: []string{"cents"}},
		{name: "upwards, refunds", like: []string{"upwards", "refunds"}, exclusive: "true"},
		{name: "shared", like: []string{"shared"}},
		{name: "shared cents", like: []string{"shared", "cents"}},
		{name: "chain", like: []string{"chain", "codes"}},
		{name: "doubled", like: []string{"doubled"}, config: sandbox.Config{Speed: 20}},
		{name: "doubled, and alone", like: []string{"doubled"}, config: sandbox.Config{Speed: 20}, exclusive: "true"},
		{name: "late", like: []string{}, config: sandbox.Config{ChargeLate: late, BalanceLate: late}},
		{name: "gross", like: []string{"gross", "refunds", "links"}},
		{name: "turns", like: []string{"turns"}, config: sandbox.Config{Limit: "second:200", TurnEvery: 5, ChargeLate: late,
			BalanceLate: late}},
		{name: "letters", like: []string{"letters", "laravel"}, exclusive: "true"},
		{name: "equal charges", like: []string{"upwards"}, equal: true},
		{name: "drip-feeds", like: []string{"drip", "public"}},
	} {
		t.Run(tr.name, func(t *testing.T) {
			t.Parallel()
			tr.lost = 3
			p := &obedient{trialShop: tr.shop(t, rows, seed*100+int64(i+50)), did: map[string]int{}}
			p.say("bulkorder run a.csv --batch a")
			p.say("bulkorder run b.csv --batch b")
			time.Sleep(p.after)
			p.follow("a")
			p.follow("b")
			c := came{trial: tr, rows: rows}
			p.judge(&c)
			t.Logf("%d commands; %d rows whose answers were lost, %d found, %d left, %d wrong by what was said",
				len(p.told), c.doubted, c.found, c.left, c.misled)
			if t.Failed() {
				t.Log(strings.Join(p.told, "\n"))
			}
		})
	}
}

var (
	quoted  = regexp.MustCompile("`(bulkorder [^`]*)`")
	nextOf  = regexp.MustCompile(`(?m)^Next: +(bulkorder .*)$`)
	noOrder = regexp.MustCompile(`(?m)^row (\d+): in doubt: (?:.*\W)?no order is there\b`)
	pattern = regexp.MustCompile(` [A-Z]{2,}\b|…`) // what isn't a command, but shows how one is made
)

// say gives a command, and gives back all that the program told.
func (p *obedient) say(line string) (words string) {
	p.t.Helper()
	args := shellWords(line)[1:]
	if slices.Contains([]string{"run", "resume", "cancel", "refill"}, args[0]) && !slices.Contains(args, "--yes") {
		args = append(args, "--yes")
	}
	if slices.Contains(args, "--row") && !slices.Contains(args, "--reason") && args[0] == "settle" {
		args = append(args, "--reason", "as I was told")
	}
	p.did[line]++
	code, out, errs := p.finish(p.with(p.env(), args...))
	p.alarm = p.alarm || code == 6
	p.told = append(p.told, fmt.Sprintf("$ %s -> exit %d\n%s%s", line, code, out, errs))
	return out + errs
}

// follow does what is said about a batch until nothing is said that was not done.
func (p *obedient) follow(batch string) {
	p.t.Helper()
	for range 40 {
		words := p.say("bulkorder settle " + batch)
		again := p.obey(batch, words)
		if !again {
			return
		}
	}
	p.t.Logf("batch %s: there was always something to be done", batch)
}

// obey does all that some words say, and tells whether any of it was new.
func (p *obedient) obey(batch, words string) (some bool) {
	p.t.Helper()
	for range 20 {
		commands := p.commands(batch, words)
		commands = slices.DeleteFunc(commands, func(line string) bool { return p.did[line] >= 2 })
		if len(commands) == 0 {
			return some
		}
		words, some = p.say(commands[0]), true
	}
	return some
}

// commands reads what is to be done: the words' own commands, what they say of rows, and what the books call next.
func (p *obedient) commands(batch, words string) (lines []string) {
	p.t.Helper()
	for _, found := range append(nextOf.FindAllStringSubmatch(words, -1), quoted.FindAllStringSubmatch(words, -1)...) {
		lines = append(lines, strings.TrimSpace(found[1]))
	}
	_, out, _ := p.finish(p.with(p.env(), "show", batch, "--json"))
	var r result
	if json.Unmarshal([]byte(out), &r) == nil && r.Next != "" {
		lines = append(lines, r.Next)
	}
	for _, found := range noOrder.FindAllStringSubmatch(words, -1) {
		lines = append(lines, fmt.Sprintf("bulkorder settle %s --row %s --not-placed", batch, found[1]))
	}
	orders := []string{"run", "resume", "settle", "refresh", "cancel", "refill", "check", "show", "report"}
	return slices.DeleteFunc(lines, func(line string) bool {
		args := shellWords(line)
		return len(args) < 2 || !slices.Contains(orders, args[1]) || pattern.MatchString(line)
	})
}

// shellWords takes a command apart as a shell does.
func shellWords(line string) (words []string) {
	var word strings.Builder
	quote, some := rune(0), false
	for _, c := range line {
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote, some = c, true
		case quote == 0 && c == ' ':
			if some || word.Len() > 0 {
				words = append(words, word.String())
			}
			word.Reset()
			some = false
		default:
			word.WriteRune(c)
		}
	}
	if some || word.Len() > 0 {
		words = append(words, word.String())
	}
	return words
}
