package main

import (
	"net"
	"time"
)

// distance passes connections on to a panel as if it were so far away. Both ends are this machine, where a connection
// stands at once, so its first bytes wait for the round trip that opening it would have taken.
type distance struct {
	roundTrip time.Duration
	to        string // the panel's own address
}

func (d distance) serve(l net.Listener) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go d.pass(c, time.Now())
	}
}

// pass carries bytes both ways until both sides have said their last.
func (d distance) pass(near net.Conn, opened time.Time) {
	defer near.Close()
	far, err := net.Dial("tcp", d.to)
	if err != nil {
		return
	}
	defer far.Close()
	back := make(chan struct{})
	go func() {
		defer close(back)
		d.carry(near, far, opened)
	}()
	d.carry(far, near, opened.Add(d.roundTrip))
	<-back
}

// piece is bytes on their way; none: the end.
type piece struct {
	bytes []byte
	due   time.Time
}

// carry brings what comes from one side to the other, half a round trip later; nothing sets out before a moment.
func (d distance) carry(to, from net.Conn, before time.Time) {
	way := make(chan piece, 1024)
	go func() {
		defer close(way)
		for {
			buffer := make([]byte, 16<<10)
			n, err := from.Read(buffer)
			leaves := time.Now()
			if leaves.Before(before) {
				leaves = before
			}
			way <- piece{buffer[:n], leaves.Add(d.roundTrip / 2)}
			if err != nil {
				return
			}
		}
	}()
	for p := range way {
		time.Sleep(time.Until(p.due))
		if len(p.bytes) > 0 {
			if _, err := to.Write(p.bytes); err != nil {
				from.Close() // ends the reading too
			}
		}
	}
	if half, is := to.(interface{ CloseWrite() error }); is {
		_ = half.CloseWrite() // it may be closed already
	}
}
