package panel

import (
	"context"
	"errors"
	"time"
)

// ending is how one request ended that is sent once.
type ending struct {
	reply
	watched *watched // how much of the request was written
	early   bool     // the answer came before the request was written whole
	cut     bool     // of early: it never will be, writing has failed
}

// kept is what is kept of the answer.
func (e ending) kept() string { return string(e.body[:min(len(e.body), keptAnswer)]) }

// maxAnswer bounds the answer to a request that is sent once.
const maxAnswer = 1 << 20

var errInterrupted = errors.New("interrupted before anything was sent")

// once makes a call that changes something. It never sends twice, follows no redirect, and isn't ended by
// ctx being cancelled once it has begun.
func (c *Client) once(ctx context.Context, action string, params []Param) ending {
	if ctx.Err() != nil {
		return ending{reply: reply{err: errInterrupted}, watched: newWatched(0)}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.addTimeout())
	defer cancel()
	body := c.encode(action, params)
	began := time.Now()
	e := c.attempt(ctx, body)
	defer func() { c.timed(action, e.status, began) }()
	if e.status != 0 {
		return e
	}
	ahead := e.watched.spare()
	if ahead != nil && ahead.unused() && ctx.Err() == nil {
		e = c.attempt(context.WithValue(ctx, anew{}, true), body)
	}
	return e
}

// attempt sends a request once. Where no byte of it left by a connection that was opened ahead, and none will, it may
// be sent by another one: nobody but us knows of it.
func (c *Client) attempt(ctx context.Context, body string) ending {
	w := newWatched(len(body))
	e := ending{watched: w}
	req, err := c.request(watch(ctx, w), body)
	if err != nil {
		e.err = err
		return e
	}
	e.reply = c.exchange(req, maxAnswer)
	defer e.close()
	if e.status == 0 {
		if ahead := w.spare(); ahead != nil && ctx.Err() == nil {
			c.spares.lost(ahead)
		}
		return e
	}
	if e.early = !w.settled() || !w.whole(); e.early {
		e.close() // ends the connection, and with it what is still being written
		e.cut = w.settled() && !w.whole()
	}
	return e
}
