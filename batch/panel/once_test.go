package panel

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestNothingIsThereToBeSentASecondTime: net/http sends a request again by itself where it can make the body
// anew, or where a header says that it may.
func TestNothingIsThereToBeSentASecondTime(t *testing.T) {
	c := client(t, "https://panel.example/api/v2", nil)
	req, err := c.request(t.Context(), c.encode("add", order()))
	if err != nil {
		t.Fatal(err)
	}
	if req.GetBody != nil {
		t.Error("the body of an order can be made a second time")
	}
	for _, name := range []string{"Idempotency-Key", "X-Idempotency-Key"} {
		if _, is := req.Header[name]; is {
			t.Errorf("an order has the header %s, by which net/http may send it again", name)
		}
	}
}

func TestProxiesOfTheEnvironmentAreNotUsed(t *testing.T) {
	if newTransport(dialer{}, &spares{}).Proxy != nil {
		t.Error("a proxy may be between us and the panel: it would see the key of a plain request")
	}
}

// TestAnswersAreReadToTheirEnd: what stands beyond the cap isn't known, so nothing before it counts.
func TestAnswersAreReadToTheirEnd(t *testing.T) {
	blanks := strings.Repeat(" ", 4<<20)
	for name, body := range map[string]string{"an order before": `{"order":7}` + blanks, "an order behind": blanks +
		`{"order":7}`} {
		t.Run(name, func(t *testing.T) {
			address := listen(t, func(c net.Conn) {
				req, err := http.ReadRequest(bufio.NewReader(c))
				if err != nil {
					return
				}
				io.Copy(io.Discard, req.Body)
				fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
			})
			if a := client(t, address, nil).Add(t.Context(), order()); a.Verdict != InDoubt {
				t.Errorf("got %v with order %q, want doubt", a.Verdict, a.OrderID)
			}
		})
	}
}

// TestAPanelIsGivenTimeToAnswer: the edges in front of panels give up after about 100 s and say so; whoever
// gives up before them makes doubt of what would have been an answer.
func TestAPanelIsGivenTimeToAnswer(t *testing.T) {
	if d := (&Client{}).addTimeout(); d < 120*time.Second {
		t.Errorf("an order is given %v", d)
	}
}

// TestNumbersThatAreNoIds: a whole positive number is an id, no other.
func TestNumbersThatAreNoIds(t *testing.T) {
	for _, number := range []string{"-1", "1e3", "1E3", "0e9", "-0"} {
		if a := judge(200, nil, []byte(`{"order":`+number+`}`), nil, taught{}); a.Verdict != InDoubt {
			t.Errorf("%s: got %v with order %q, want doubt", number, a.Verdict, a.OrderID)
		}
	}
}

func TestNothingIsSentAfterAnInterrupt(t *testing.T) {
	address := listen(t, func(c net.Conn) {
		if _, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
			t.Error("an order arrived")
		}
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if a := client(t, address, nil).Add(ctx, order()); a.Verdict != Unsent {
		t.Errorf("got %v, want unsent", a.Verdict)
	}
}
