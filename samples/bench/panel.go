package main

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"bulkorder/samples/sandbox"
)

// panelSpec says what panel to be.
type panelSpec struct {
	Services  int           // in the catalogue
	Work      time.Duration // for each answer
	Limit     string        // as the sandbox reads it; empty: none
	RoundTrip time.Duration // over https, from so far away; 0: plain http
}

// wishes are what the process of the panels is told.
type wishes struct {
	Panels    []panelSpec
	Authority string // where to write the certificate of the authority that vouches for them
}

// started is what the process of the panels tells first: their addresses, and the one where they are asked of.
type started struct {
	Panels  []string
	Control string
}

// served is one panel at work.
type served struct {
	*calls
	later atomic.Int64 // nanoseconds that its clock is ahead
}

// servePanels is the process of the panels: specs come in, addresses go out, and it ends when its input does.
func servePanels(in io.Reader, out io.Writer) error {
	var wished wishes
	d := json.NewDecoder(in)
	if err := d.Decode(&wished); err != nil {
		return fmt.Errorf("reading what panels to be: %w", err)
	}
	leaf, err := certify(wished.Authority)
	if err != nil {
		return err
	}
	var told started
	var panels []*served
	for _, spec := range wished.Panels {
		p, address, err := serve(spec, leaf)
		if err != nil {
			return fmt.Errorf("serving a panel: %w", err)
		}
		panels, told.Panels = append(panels, p), append(told.Panels, address)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("serving panels: %w", err)
	}
	told.Control = "http://" + l.Addr().String()
	go http.Serve(l, control(panels))
	if err := json.NewEncoder(out).Encode(told); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, io.MultiReader(d.Buffered(), in))
	return err
}

// serve starts one panel and gives its address.
func serve(spec panelSpec, leaf tls.Certificate) (*served, string, error) {
	p := &served{}
	panel, err := sandbox.New(sandbox.Config{
		Balance:      "899999999",
		Services:     catalogue(spec.Services),
		Latency:      spec.Work,
		Limit:        spec.Limit,
		Speed:        0.01, // nothing changes while a batch is sent
		KeepRequests: -1,
		Now:          func() time.Time { return time.Now().Add(time.Duration(p.later.Load())) },
	})
	if err != nil {
		return nil, "", err
	}
	p.calls = &calls{panel: panel, start: time.Now()}
	go p.calls.watch()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", err
	}
	server := &http.Server{Handler: p}
	if spec.RoundTrip == 0 {
		go server.Serve(l)
		return p, "http://" + l.Addr().String() + "/api/v2", nil
	}
	go server.Serve(tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{leaf}}))
	front, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", err
	}
	go distance{spec.RoundTrip, l.Addr().String()}.serve(front)
	return p, "https://" + front.Addr().String() + "/api/v2", nil
}

// control is asked of the panels: what calls came, to forget them, to be so much later.
func control(panels []*served) http.Handler {
	mux := http.NewServeMux()
	chosen := func(r *http.Request) *served {
		n, err := strconv.Atoi(r.FormValue("panel"))
		if err != nil || n < 0 || n >= len(panels) {
			panic(http.ErrAbortHandler)
		}
		return panels[n]
	}
	mux.HandleFunc("GET /tally", func(w http.ResponseWriter, r *http.Request) {
		_ = json.NewEncoder(w).Encode(chosen(r).tally()) // who asked may have left
	})
	mux.HandleFunc("POST /forget", func(_ http.ResponseWriter, r *http.Request) { chosen(r).forget() })
	mux.HandleFunc("POST /later", func(w http.ResponseWriter, r *http.Request) {
		by, err := time.ParseDuration(r.FormValue("by"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		chosen(r).later.Add(int64(by))
	})
	return mux
}

// catalogue is of services 1 to n. Every twelfth takes comments, every fifth no runs.
func catalogue(n int) []sandbox.Service {
	all := make([]sandbox.Service, n)
	for i := range all {
		s := sandbox.Service{
			ID: int64(i + 1), Name: fmt.Sprintf("Instagram Likes %d | Real | 30 Days Refill", i+1), Type: "Default",
			Category: fmt.Sprintf("Instagram %d", i/40), Rate: fmt.Sprintf("%d.%04d", i%9, i%7919+1),
			Min: 10, Max: 100_000, Refill: i%3 == 0, Cancel: i%2 == 0, Dripfeed: "yes",
		}
		switch {
		case commented(i + 1):
			s.Type, s.Name, s.Dripfeed = "Custom Comments", fmt.Sprintf("Instagram Comments %d", i+1), ""
		case i%5 == 0:
			s.Dripfeed = "no"
		}
		all[i] = s
	}
	return all
}

// commented tells which services take comments in place of a quantity.
func commented(service int) bool { return service%12 == 0 }
