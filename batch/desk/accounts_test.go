package desk_test

import (
	"errors"
	"strings"
	"testing"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/plan"
	"bulkorder/batch/settings"
	"bulkorder/samples/sandbox"
)

// TestWhereAKeyGoes: a key goes where it is named for, or where it was accepted before, and nowhere else.
func TestWhereAKeyGoes(t *testing.T) {
	tests := []struct {
		says  string
		set   func(h *house, here, there string)
		batch string // the address of the batch: here, or there
		goes  bool
	}{
		{"the environment's key to the address of the command line",
			func(h *house, here, _ string) { h.flag("url", here); h.env["BULKORDER_KEY"] = "k" }, "", true},
		{"the environment's key to a batch where the person is",
			func(h *house, here, _ string) { h.flag("url", here); h.env["BULKORDER_KEY"] = "k" }, "here", true},
		{"another key of the environment to a batch elsewhere, which the journal alone names",
			func(h *house, here, _ string) {
				h.given["url"] = settings.FromVariable("url", here)
				h.env["BULKORDER_KEY"] = "other"
			}, "there", false},
		{"the key that was accepted there, though the environment names another address",
			func(h *house, here, _ string) {
				h.given["url"] = settings.FromVariable("url", here)
				h.env["BULKORDER_KEY"] = "k"
			}, "there", true},
		{"the environment's key where nothing is named and it was never accepted",
			func(h *house, _, _ string) { h.env["BULKORDER_KEY"] = "other" }, "there", false},
		{"a panel's own key to a batch at the address that its name stands for",
			func(h *house, _, there string) {
				h.config.Panels["mine"] = settings.Panel{URL: there}
				h.env["BULKORDER_KEY_MINE"] = "other"
			}, "there", true},
		{"a panel's own key to a batch at an address that its name stands for no longer",
			func(h *house, here, _ string) {
				h.config.Panels["mine"] = settings.Panel{URL: here}
				h.env["BULKORDER_KEY_MINE"] = "other"
			}, "there", false},
	}
	for _, tt := range tests {
		t.Run(tt.says, func(t *testing.T) {
			h := newHouse(t)
			_, here := h.panel("k", sandbox.Config{})
			_, there := h.panel("k", sandbox.Config{})
			// The key was accepted there, by a batch of the panel that was called mine.
			h.config.Panels["mine"] = settings.Panel{URL: there}
			h.flag("panel", "mine")
			h.env["BULKORDER_KEY"] = "k"
			b := h.run(h.process(), threeRows, desk.Preparing{}, desk.Sending{}).Batch
			h.config.Panels = map[string]settings.Panel{}
			h.given, h.env = map[string]settings.Value{}, map[string]string{}
			tt.set(h, here, there)
			d := h.process()
			var err error
			switch tt.batch {
			case "":
				_, err = d.Accounts.Meant(t.Context())
			case "here":
				b.URL = here
				fallthrough
			default:
				_, err = d.Accounts.OfBatch(t.Context(), b, b.Accounts()[0])
			}
			if goes := err == nil; goes != tt.goes {
				t.Fatalf("goes: %v, %v", goes, err)
			}
			mistake := new(desk.Mistake)
			if !tt.goes && (!errors.As(err, &mistake) || !strings.Contains(err.Error(), "--url")) {
				t.Errorf("%v: it doesn't say how to go on", err)
			}
		})
	}
}

// TestASheetNamesAnotherPanel: the environment's key, which names none, isn't for that.
func TestASheetNamesAnotherPanel(t *testing.T) {
	h := newHouse(t)
	_, here := h.panel("k", sandbox.Config{})
	_, there := h.panel("k", sandbox.Config{})
	h.config.Panels["here"], h.config.Panels["there"] = settings.Panel{URL: here}, settings.Panel{URL: there}
	h.config.Panel = "here"
	h.env["BULKORDER_KEY"] = "k"
	a := h.process().Accounts
	if account, err := a.Named(t.Context(), "HERE"); err != nil || account.Name() != "here" {
		t.Errorf("%v", err)
	}
	if _, err := a.Named(t.Context(), "there"); err == nil || !strings.Contains(err.Error(), "BULKORDER_KEY_THERE") {
		t.Errorf("%v", err)
	}
	if unknown := new(plan.UnknownPanel); !errors.As(second(a.Named(t.Context(), "nobody")), &unknown) {
		t.Error("a name that nobody bears is known")
	}
}

func second[T any](_ T, err error) error { return err }

// TestASecondNameForAnAccountIsTold: whatever it is called, it is the same account, and nothing is ordered twice.
func TestASecondNameForAnAccountIsTold(t *testing.T) {
	h := newHouse(t)
	s, url := h.panel("k", sandbox.Config{})
	h.config.Panels["mine"] = settings.Panel{URL: url + "/"}
	h.flag("panel", "mine")
	h.env["BULKORDER_KEY"] = "k"
	if out := h.run(h.process(), threeRows, desk.Preparing{}, desk.Sending{}); len(out.Notes) != 0 {
		t.Errorf("notes: %q", out.Notes)
	}
	delete(h.given, "panel")
	h.flag("url", strings.Replace(url, "http:", "HTTP:", 1))
	out := h.run(h.process(), threeRows, desk.Preparing{}, desk.Sending{})
	if len(s.Ledger()) != 3 || out.Totals.States[journal.Placed] != 3 {
		t.Errorf("%d orders; %v", len(s.Ledger()), out.Totals.States)
	}
	if told := strings.Join(out.Notes, "\n"); !strings.Contains(told, "is the account that the books know as mine") {
		t.Errorf("notes: %q", told)
	}
}

// TestTwoPanelsWithOneKeyAreTwoAccounts where a person said so; until then what the one ordered is held at the other.
func TestTwoPanelsWithOneKeyAreTwoAccounts(t *testing.T) {
	for said, want := range map[string]int{"": 0, "other": 3} {
		h := newHouse(t)
		_, first := h.panel("k", sandbox.Config{})
		second, there := h.panel("k", sandbox.Config{})
		h.config.Panels["first"] = settings.Panel{URL: first}
		h.config.Panels["second"] = settings.Panel{URL: there, Account: said}
		h.env["BULKORDER_KEY"] = "k"
		h.flag("panel", "first")
		h.run(h.process(), threeRows, desk.Preparing{}, desk.Sending{})
		h.flag("panel", "second")
		h.run(h.process(), threeRows, desk.Preparing{}, desk.Sending{})
		if got := len(second.Ledger()); got != want {
			t.Errorf("account = %q: %d orders at the second panel, want %d", said, got, want)
		}
	}
}

// TestAnAccountIsAskedOnce: many calls at once look at it by one call of services, and share what it told.
func TestAnAccountIsAskedOnce(t *testing.T) {
	h := newHouse(t)
	s, url := h.panel("k", sandbox.Config{})
	h.flag("url", url)
	h.env["BULKORDER_KEY"] = "k"
	d := h.process()
	done := make(chan error)
	const n = 8
	for range n {
		go func() {
			draft, err := d.Prepare(t.Context(), h.sheet(threeRows), desk.Preparing{})
			if err == nil {
				_, err = d.Offer(t.Context(), draft)
				err = errors.Join(err, draft.Discard())
			}
			done <- err
		}()
	}
	for range n {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if calls := len(s.Requests()); calls != 2 {
		t.Errorf("%d calls, want services and balance", calls)
	}
}
