package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// panels are panels at work in a process of their own.
type panels struct {
	bench     *bench
	cmd       *exec.Cmd
	input     io.Closer // its end ends the process
	told      started
	authority string // file of the certificate that vouches for them
}

// panels starts a process that is these panels.
func (b *bench) panels(ctx context.Context, specs ...panelSpec) (*panels, error) {
	p := &panels{bench: b, authority: filepath.Join(b.folder(), "authority.pem")}
	for i := range specs {
		if specs[i].Services == 0 {
			specs[i].Services = 5000
		}
	}
	text, err := json.Marshal(wishes{specs, p.authority})
	if err != nil {
		return nil, err
	}
	p.cmd = exec.CommandContext(ctx, b.self, "panel")
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.input, p.cmd.Stderr = in, new(bytes.Buffer)
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	if _, err := in.Write(text); err != nil {
		return nil, err
	}
	if err := json.NewDecoder(out).Decode(&p.told); err != nil {
		return nil, fmt.Errorf("starting panels: %w: %s", err, p.cmd.Stderr)
	}
	return p, nil
}

// close ends the process.
func (p *panels) close() {
	p.input.Close()
	_ = p.cmd.Wait() // how it ended matters no more
}

// account is an account at one of the panels, in books that nobody else has.
func (p *panels) account(panel int) account {
	return account{bench: p.bench, dir: p.bench.folder(), url: p.told.Panels[panel], authority: p.authority}
}

// ask asks of a panel.
func (p *panels) ask(method, what string, panel int, more url.Values, into any) error {
	if more == nil {
		more = url.Values{}
	}
	more.Set("panel", strconv.Itoa(panel))
	req, err := http.NewRequest(method, p.told.Control+"/"+what+"?"+more.Encode(), nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("asking of a panel: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("asking of a panel: %s: %s", what, resp.Status)
	}
	if into == nil {
		return nil
	}
	return json.NewDecoder(resp.Body).Decode(into)
}

// tally tells of the calls that came to a panel.
func (p *panels) tally(panel int) (t tally, err error) {
	return t, p.ask(http.MethodGet, "tally", panel, nil, &t)
}

// forget lets a panel count anew.
func (p *panels) forget(panel int) error { return p.ask(http.MethodPost, "forget", panel, nil, nil) }

// later moves a panel's clock on.
func (p *panels) later(panel int, by time.Duration) error {
	return p.ask(http.MethodPost, "later", panel, url.Values{"by": {by.String()}}, nil)
}
