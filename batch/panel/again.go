package panel

import (
	"net/http"
	"strings"
)

// JudgeAgain judges the answer of an earlier add by what the panel's configuration teaches today. status, words and
// answer are those of its [Added]. What was cut when it was kept, was read in part, or came before the request was sent
// whole stays in doubt: it was judged by more than its text.
func (c *Client) JudgeAgain(status int, words, answer string) Added {
	a := Added{Verdict: InDoubt, Words: words}
	if status != 0 && len(answer) < keptAnswer && !strings.Contains(words, spoiledWords) &&
		!strings.Contains(words, earlyWords) {
		a = judge(status, http.Header{}, []byte(answer), nil, c.taught())
	}
	a.HTTPStatus, a.Answer = status, answer
	return a
}

// What is said of answers that can't be judged by their text.
const (
	spoiledWords = "the answer can't be trusted"
	earlyWords   = "came before the request was sent whole"
)
