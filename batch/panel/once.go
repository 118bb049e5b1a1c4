package panel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// ending is how one request ended that is sent once.
type ending struct {
	status  int // 0: no answer came
	header  http.Header
	answer  []byte
	err     error    // why no answer came, or what ended the reading of its body early
	watched *watched // how much of the request was written
	early   bool     // the answer came before the request was written whole
	cut     bool     // of early: it never will be, writing has failed
}

// kept is what is kept of the answer.
func (e ending) kept() string { return string(e.answer[:min(len(e.answer), keptAnswer)]) }

// maxAnswer bounds the answer to a request that is sent once.
const maxAnswer = 1 << 20

var errInterrupted = errors.New("interrupted before anything was sent")

// once makes a call that changes something. It never sends twice, follows no redirect, and isn't ended by
// ctx being cancelled once it has begun.
func (c *Client) once(ctx context.Context, action string, params []Param) ending {
	if ctx.Err() != nil {
		return ending{err: errInterrupted, watched: newWatched(0)}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.addTimeout())
	defer cancel()
	body := c.encode(action, params)
	w := newWatched(len(body))
	e := ending{watched: w}
	req, err := c.request(watch(ctx, w), body)
	if err != nil {
		e.err = err
		return e
	}
	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		e.err = err
		return e
	}
	defer resp.Body.Close()
	e.status, e.header = resp.StatusCode, resp.Header
	var answer []byte
	if resp.StatusCode >= 200 { // after 101 the connection would be ours to read for ever
		answer, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	}
	if err == nil && len(answer) > maxAnswer {
		err = fmt.Errorf("the answer is longer than %d bytes", maxAnswer)
	}
	e.answer, e.err = answer, err
	if e.early = !w.settled() || !w.whole(); e.early {
		resp.Body.Close() // ends the connection, and with it what is still being written
		e.cut = w.settled() && !w.whole()
	}
	return e
}
