package sandbox_test

import (
	"fmt"
	"io"
	"net/http/httptest"
	"net/url"

	"bulkorder/samples/sandbox"
)

// An answer is lost after the order was taken: the client sees a closed
// connection, the ledger has the order.
func Example() {
	lost, err := sandbox.ParseFault("add:closed:after:n=1")
	if err != nil {
		fmt.Println(err)
		return
	}
	panel, err := sandbox.New(sandbox.Config{Faults: []sandbox.Fault{lost}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer panel.Close()
	server := httptest.NewServer(panel)
	defer server.Close()

	order := url.Values{
		"key": {"sandbox"}, "action": {"add"},
		"service": {"1"}, "link": {"https://example.com/me"}, "quantity": {"100"},
	}
	for range 2 {
		resp, err := server.Client().PostForm(server.URL, order)
		if err != nil {
			fmt.Println("no answer")
			continue
		}
		answer, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		fmt.Println(string(answer))
	}
	for _, order := range panel.Ledger() {
		fmt.Println(order.ID, order.Charge)
	}
	// Output:
	// no answer
	// {"order":23502}
	// 23501 0.09
	// 23502 0.09
}
