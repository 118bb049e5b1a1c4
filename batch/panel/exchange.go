package panel

import (
	"fmt"
	"io"
	"net/http"
)

// reply is what came back for one request, without the key.
type reply struct {
	status int // 0: no answer came
	header http.Header
	body   []byte
	err    error // why no answer came, or what ended the reading of its body early
	conn   io.Closer
}

// close ends the connection.
func (r reply) close() {
	if r.conn != nil {
		r.conn.Close()
	}
}

// exchange sends a request and reads its answer, at most so many bytes of it. It is the only place where anything
// that a panel sends comes in, and takes the key out of all of it before anybody looks at it.
func (c *Client) exchange(req *http.Request, most int64) reply {
	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		return reply{err: c.blot.error(err)}
	}
	r := reply{status: resp.StatusCode, header: c.blot.header(resp.Header), conn: resp.Body}
	if resp.StatusCode < 200 {
		return r // after 101 the connection would be ours to read for ever
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	if err == nil && int64(len(body)) > most {
		err = fmt.Errorf("the answer is longer than %d bytes", most)
	}
	r.body, r.err = c.blot(body), c.blot.error(err)
	return r
}
