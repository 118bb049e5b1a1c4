package panel_test

import (
	"errors"
	"net/http/httptest"
	"slices"
	"testing"

	"bulkorder/batch/panel"
	"bulkorder/samples/sandbox"
)

// play serves a sandbox that has what the preset's document shows, and a client of it.
func play(t *testing.T, preset string, config sandbox.Config) (*panel.Client, *sandbox.Sandbox) {
	t.Helper()
	p, ok := panel.Preset(preset)
	if !ok {
		t.Fatalf("no preset %s", preset)
	}
	lacks := map[panel.Form]string{
		panel.RefillMany:       "refill_many",
		panel.RefillStatusMany: "refill_status_many",
		panel.Cancel:           "cancel",
		panel.StatusMany:       "status_many",
	}
	for _, form := range p.Lacks {
		config.Lacks = append(config.Lacks, lacks[form])
	}
	s, err := sandbox.New(config)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(func() { s.Close(); server.Close() })
	p.URL = server.URL + "/api/v2"
	c, err := panel.New(p, panel.NewKey("sandbox"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, s
}

// TestEveryActionOfEveryDocument tries each action in both of its forms, in each panel's preset: what a
// document lacks is done by single calls, or named and not sent.
func TestEveryActionOfEveryDocument(t *testing.T) {
	for _, preset := range []string{"igadda", "igwish", "standard", "addsmm", "sosyalmavi"} {
		for _, strings := range []bool{false, true} {
			c, s := play(t, preset, sandbox.Config{Strings: strings, Speed: 1e6})
			ctx := t.Context()
			catalogue, err := c.Services(ctx)
			if err != nil {
				t.Fatalf("%s: services: %v", preset, err)
			}
			if f, ok := catalogue.Service("1"); !ok || f.Name != "Followers" || f.Type != "Default" ||
				f.Rate.String() != "0.9" ||
				f.Min != 50 ||
				f.Max != 10000 ||
				!f.Refill ||
				!f.Cancel {
				t.Errorf("%s: the documents' first service is %+v", preset, f)
			}
			balance, err := c.Balance(ctx)
			if err != nil || balance.Currency != "USD" || !balance.Amount.IsPositive() {
				t.Errorf("%s: balance: %v, %v", preset, balance, err)
			}
			var ids []string
			for _, link := range []string{"https://example.com/a", "https://example.com/b", "https://example.com/c"} {
				a := c.Add(
					ctx,
					[]panel.Param{
						{Name: "service", Value: "1"},
						{Name: "link", Value: link},
						{Name: "quantity", Value: "1000"},
					},
				)
				if a.Verdict != panel.Placed {
					t.Fatalf("%s: add: %+v", preset, a)
				}
				ids = append(ids, a.OrderID)
			}
			checkStatuses(t, c, ids)
			checkRefills(t, c, ids)
			checkCancel(t, c, s, ids)
		}
	}
}

func checkStatuses(t *testing.T, c *panel.Client, ids []string) {
	t.Helper()
	for _, asked := range [][]string{ids[:1], append(slices.Clone(ids), "999999999")} {
		got, err := c.Statuses(t.Context(), asked, nil)
		if err != nil {
			t.Fatalf("%s: status of %d: %v", c.Panel.Name, len(asked), err)
		}
		for _, id := range asked {
			s, is := got[id]
			unknown := id == "999999999"
			if !is || unknown != (s.Error != "") || !unknown && (s.Status == "" || !s.Charge.Valid) {
				t.Errorf("%s: status of %s: %+v", c.Panel.Name, id, s)
			}
		}
	}
}

func checkRefills(t *testing.T, c *panel.Client, ids []string) {
	t.Helper()
	var refills []string
	for some := range slices.Chunk(append(slices.Clone(ids), "999999999"), c.Panel.RefillsAtOnce()) {
		got, err := c.Refill(t.Context(), some)
		if err != nil {
			t.Fatalf("%s: refill: %v", c.Panel.Name, err)
		}
		for _, id := range some {
			if r := got.Receipts[id]; r.ID != "" {
				refills = append(refills, r.ID)
			} else if r.Error == "" && got.Verdict != panel.Refused {
				t.Errorf("%s: refill of %s: %+v", c.Panel.Name, id, got)
			}
		}
	}
	if len(refills) == 0 || len(refills) > len(ids) {
		t.Fatalf("%s: refills %v", c.Panel.Name, refills)
	}
	statuses, err := c.RefillStatus(t.Context(), append(refills, "999999999"))
	if err != nil || statuses[refills[0]].ID == "" || statuses["999999999"].Error == "" {
		t.Errorf("%s: refill_status: %v, %v", c.Panel.Name, statuses, err)
	}
}

func checkCancel(t *testing.T, c *panel.Client, s *sandbox.Sandbox, ids []string) {
	t.Helper()
	before := len(s.Requests())
	got, err := c.Cancel(t.Context(), ids, nil)
	if c.Panel.Has(panel.Cancel) {
		if err != nil || len(got.Receipts) != len(ids) {
			t.Errorf("%s: cancel: %v, %v", c.Panel.Name, got, err)
		}
		return
	}
	var lacking *panel.Lacking
	if !errors.As(err, &lacking) || len(s.Requests()) != before {
		t.Errorf("%s: cancel that its document lacks: %v, %d requests", c.Panel.Name, err, len(s.Requests())-before)
	}
}

func TestServicesThatAreNoCatalogue(t *testing.T) {
	for _, fault := range []string{"services:html", "services:empty", "services:null", "services:cut", "services:body=[]",
		"services:body={}", `services:body=[{"name":"x"}]`, "services:error=Invalid API key", "services:redirect"} {
		f, err := sandbox.ParseFault(fault)
		if err != nil {
			t.Fatal(err)
		}
		c, _ := play(t, "addsmm", sandbox.Config{Faults: []sandbox.Fault{f}})
		if catalogue, err := c.Services(t.Context()); err == nil {
			t.Errorf("%s: a catalogue of %d services", fault, len(catalogue.Services))
		}
	}
}

func TestReadsAreTriedAgain(t *testing.T) {
	c, s := play(t, "addsmm", sandbox.Config{Faults: []sandbox.Fault{{Action: "balance", Kind: "503", From: 1, To: 2}}})
	if _, err := c.Balance(t.Context()); err != nil {
		t.Error(err)
	}
	if n := len(s.Requests()); n != 3 {
		t.Errorf("%d requests, want 3", n)
	}
}

func TestCatalogueOddities(t *testing.T) {
	odd := []sandbox.Service{
		{ID: 1, Name: "twisted", Type: "Default", Rate: "1", Min: 100, Max: 10},
		{ID: 2, Name: "fine", Type: "Default", Rate: "1", Min: 1, Max: 10},
	}
	c, _ := play(t, "addsmm", sandbox.Config{Services: odd})
	catalogue, err := c.Services(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := catalogue.Service("1"); s.Oddity == "" {
		t.Error("a minimum above the maximum is not told")
	}
	if s, _ := catalogue.Service("2"); s.Oddity != "" {
		t.Errorf("a sound service is odd: %s", s.Oddity)
	}
	doubled := panel.NewCatalogue([]panel.Service{{ID: "1", Name: "a"}, {ID: "1", Name: "b"}}, catalogue.Fetched)
	if s, _ := doubled.Service("1"); s.Oddity == "" {
		t.Error("a doubled id is not told")
	}
}
