package panel

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"unicode"
)

// JudgeAgain judges the answer of an earlier add by what the panel's configuration teaches today. status, words and
// answer are those of its [Added]. What was cut when it was kept, was read in part, or came before the request was sent
// whole stays in doubt: it was judged by more than its text.
func (c *Client) JudgeAgain(status int, words, answer string) Added {
	return judgeKept(status, words, answer, c.taught())
}

func judgeKept(status int, words, answer string, t taught) Added {
	a := Added{Verdict: InDoubt, Words: words}
	if status != 0 && len(answer) < keptAnswer && !strings.Contains(words, spoiledWords) &&
		!strings.Contains(words, earlyWords) {
		a = judge(status, http.Header{}, []byte(answer), nil, t)
	}
	a.HTTPStatus, a.Answer = status, answer
	return a
}

// What is said of answers that can't be judged by their text.
const (
	spoiledWords = "the answer can't be trusted"
	earlyWords   = "came before the request was sent whole"
)

// Lesson is what the configuration would have to say for an error text to be a refusal.
type Lesson struct {
	Text    string // the error, in small letters, as texts are compared
	Section string // of the configuration, such as [panels.mine]
	Line    string // to be added there, such as texts.request = ["=no such thing"]
}

// Lesson gives the line that would decide about rows in doubt by a kept answer, once a person knows that its text means
// that nothing was ordered. status, words and answer are as for [Client.JudgeAgain]. ok is false where no text decides.
func (c *Client) Lesson(status int, words, answer string) (l Lesson, ok bool) {
	o, err := parseObject([]byte(answer))
	if err != nil {
		return l, false
	}
	text, _ := o.errorText()
	text = strings.TrimRight(strings.ToLower(strings.Join(strings.Fields(text), " ")), ".!")
	if text == "" || c.JudgeAgain(status, words, answer).Verdict != InDoubt {
		return l, false
	}
	pupil := c.taught()
	pupil.texts = Texts{ClassRequest: {"=" + text}}
	if judgeKept(status, words, answer, pupil).Verdict != Refused {
		return l, false
	}
	name := c.Panel.Name
	if !bareKey.MatchString(name) {
		name = quoted(name)
	}
	return Lesson{
		Text:    text,
		Section: "[panels." + name + "]",
		Line:    "texts." + string(ClassRequest) + " = [" + quoted("="+text) + "]",
	}, true
}

var bareKey = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// quoted writes a text as TOML's basic string.
func quoted(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '"', r == '\\':
			b.WriteString(`\` + string(r))
		case !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return `"` + b.String() + `"`
}
