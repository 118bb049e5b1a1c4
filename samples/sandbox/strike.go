package sandbox

import (
	"cmp"
	"compress/gzip"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// huge is more than any client should swallow.
const huge = 16 << 20

// strike answers a request that a fault hit.
func (s *Sandbox) strike(w http.ResponseWriter, r *http.Request, c call, f Fault) {
	switch f.Kind {
	case "slow":
		s.strikeSlow(w, c, f)
		return
	case "late":
		// The client is sent off first; this goroutine then goes on alone.
		drop(w, false)
		s.wait(f.Stall)
		s.handle(c)
		return
	case "twice", "again":
		a := s.handle(c)
		if second := s.handle(c); f.Kind == "again" {
			a = second
		}
		s.send(w, a)
		return
	}
	var a answer
	if f.After || !changes(c.action) {
		a = s.handle(c)
	} else {
		a = s.instead(c, f)
	}
	s.wait(s.cfg.Latency)
	if code := f.code(); code != 0 {
		if code/100 == 3 {
			w.Header().Set("Location", s.reveal(cmp.Or(f.Text, "https://elsewhere.invalid/api/v2")))
		}
		s.send(w, answer{code: code, body: titled(code), retry: time.Duration(f.Retry) * time.Second})
		return
	}
	if !s.hangUp(w, r, a, f) {
		s.spoil(w, a, f)
	}
}

func (s *Sandbox) strikeSlow(w http.ResponseWriter, c call, f Fault) {
	if !f.After {
		s.wait(f.Stall)
	}
	a := s.handle(c)
	if f.After {
		s.wait(f.Stall)
	}
	s.send(w, a)
}

// changes tells whether an action does more than tell.
func changes(action string) bool {
	return action == "add" || action == "cancel" || action == "refill"
}

// instead is the answer that a fault spoils where nothing was done. For an add
// it looks like success, but nobody has that order. An id is used up only where
// it is told: a gap between ids would speak of an order that never was.
func (s *Sandbox) instead(c call, f Fault) answer {
	if c.action != "add" {
		return answer{body: object("error", text("Incorrect request")), refusal: "Incorrect request"}
	}
	s.passBy(c)
	switch f.Kind {
	case "cut", "cutdigits", "both", "doubled":
		return answer{body: object("order", s.orderID(s.nobodys()))}
	}
	return answer{}
}

// nobodys uses up an id without an order of ours.
func (s *Sandbox) nobodys() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	unlock, err := s.share()
	if err != nil {
		return 1
	}
	defer unlock()
	id := s.freeID(0)
	if err := s.commit(record{Kind: "stranger", ID: id, At: s.cfg.Now()}); err != nil {
		return 1
	}
	return id
}

// hangUp acts out the kinds that end in a closed connection; false for others.
func (s *Sandbox) hangUp(w http.ResponseWriter, r *http.Request, a answer, f Fault) bool {
	switch f.Kind {
	case "closed":
		drop(w, false)
	case "reset":
		drop(w, true)
	case "head":
		dropWith(w, "HTTP/1.1 200 OK\r\nContent-Le")
	case "stall":
		s.stall(r, f.Stall)
		drop(w, false)
	case "cut":
		keep := len(a.body) / 2
		if f.Bytes != 0 {
			keep = min(max(f.Bytes, 0), len(a.body))
		}
		head := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Length: " + idText(
			int64(len(a.body)),
		) + "\r\n\r\n"
		dropWith(w, head+a.body[:keep])
	default:
		return false
	}
	return true
}

// stall keeps silent until d is over or the client leaves.
func (s *Sandbox) stall(r *http.Request, d time.Duration) {
	if d == 0 {
		d = 10 * time.Minute
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	case <-s.done:
	}
}

// spoil sends a whole answer, but not the one that a client hopes for.
func (s *Sandbox) spoil(w http.ResponseWriter, a answer, f Fault) {
	switch f.Kind {
	case "empty":
		a.body = ""
	case "null":
		a.body = "null"
	case "html":
		a.body = htmlPage("Just a moment...")
	case "body":
		a.body = s.reveal(f.Text)
	case "error":
		a.body = s.reveal(object("error", text(f.Text)))
	case "cutdigits":
		a.body = cutDigits(a.body)
	case "both":
		a.body = strings.TrimSuffix(
			a.body,
			"}",
		) + "," + strings.TrimPrefix(
			object("error", text("Provider did not answer in time")),
			"{",
		)
	case "doubled":
		a.body = strings.TrimSuffix(a.body, "}") + `,"order":` + s.orderID(s.nobodys()) + "}"
	case "sameid":
		a.body = s.previous(a)
	case "endless":
		endless(w)
		return
	case "gzip":
		inflate(w)
		return
	}
	s.send(w, a)
}

// cutDigits ends {"order":23501} within its digits.
func cutDigits(body string) string {
	if at := strings.LastIndexAny(body, "0123456789"); at >= 0 {
		first := at
		for first > 0 && body[first-1] >= '0' && body[first-1] <= '9' {
			first--
		}
		return body[:first+(at-first+2)/2]
	}
	return body[:len(body)/2]
}

// previous answers the id of our last order but the one just taken. With none
// before it, the answer stays as it is.
func (s *Sandbox) previous(a answer) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	orders := s.books.orders
	for i := len(orders) - 1; i >= 0; i-- {
		if orders[i].id != a.order {
			return object("order", s.orderID(orders[i].id))
		}
	}
	return a.body
}

// endless begins like an answer and goes on with blanks, which JSON allows.
func endless(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=UTF-8")
	pour(w)
	panic(http.ErrAbortHandler)
}

// inflate sends a body that a client which unpacks by itself blows up.
func inflate(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=UTF-8")
	w.Header().Set("Content-Encoding", "gzip")
	packed := gzip.NewWriter(w)
	pour(packed)
	// A client that left can't be told.
	_ = packed.Close()
}

func pour(w io.Writer) {
	if _, err := io.WriteString(w, `{"order":23501`); err != nil {
		return
	}
	blanks := []byte(strings.Repeat(" ", 64<<10))
	for range huge / len(blanks) {
		if _, err := w.Write(blanks); err != nil {
			return
		}
	}
}

// drop closes the client's connection without a word; with reset, by RST rather
// than FIN.
func drop(w http.ResponseWriter, reset bool) {
	conn := seize(w)
	if lingerer, ok := raw(conn).(interface{ SetLinger(int) error }); ok && reset {
		// Where it fails the connection is closed in the usual way.
		_ = lingerer.SetLinger(0)
		conn = raw(conn) // TLS would say goodbye first
	}
	_ = conn.Close()
}

// dropWith sends bytes as they are and closes the connection.
func dropWith(w http.ResponseWriter, sent string) {
	conn := seize(w)
	_, _ = io.WriteString(conn, sent)
	_ = conn.Close()
}

// seize takes the connection from the server. Where it can't be had, over
// HTTP/2, the request is aborted instead.
func seize(w http.ResponseWriter) net.Conn {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return conn
}

// raw returns the connection below TLS.
func raw(conn net.Conn) net.Conn {
	if below, ok := conn.(interface{ NetConn() net.Conn }); ok {
		return below.NetConn()
	}
	return conn
}
