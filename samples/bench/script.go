package main

import (
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/sync/errgroup"
)

// The script that a reseller writes in Go in an afternoon: it reads the sheet, orders every row, so many at once, and
// writes what came back beside each. It keeps no books: what it was doing when it stopped nobody knows.

// scriptMain is the process of the script.
func scriptMain(args []string) error {
	f := flag.NewFlagSet("script", flag.ExitOnError)
	threads := f.Int("threads", 64, "orders under way at once")
	kept := f.Bool("kept", true, "keep connections")
	rate := f.Float64("rate", 0, "orders a second at most; 0: as many as go")
	synced := f.String("synced", "", "write each order to this `file`, and wait for the disk, before it is sent")
	if err := f.Parse(args); err != nil {
		return err
	}
	sheet, address, out := f.Arg(0), f.Arg(1), f.Arg(2)
	names, rows, err := readSheet(sheet)
	if err != nil {
		return err
	}
	transport := &http.Transport{
		MaxIdleConnsPerHost: *threads,
		DisableKeepAlives:   !*kept,
		TLSNextProto:        map[string]func(string, *tls.Conn) http.RoundTripper{}, // HTTP/1.1
	}
	client := &http.Client{Transport: transport}
	answers := make([]string, len(rows))
	before := func() error { return nil }
	if *synced != "" {
		d, err := newDisk(*synced)
		if err != nil {
			return err
		}
		defer d.close()
		before = d.wait
	}
	var g errgroup.Group
	g.SetLimit(*threads)
	began := time.Now()
	for i, row := range rows {
		if *rate > 0 {
			time.Sleep(time.Until(began.Add(time.Duration(float64(i) / *rate * float64(time.Second)))))
		}
		g.Go(func() error {
			if err := before(); err != nil {
				return err
			}
			answer, err := order(client, address, names, row)
			answers[i] = answer
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return writeAnswers(out, names, rows, answers)
}

func readSheet(path string) (names []string, rows [][]string, err error) {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	all, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return nil, nil, err
	}
	for all.Next() {
		row, err := all.Columns()
		if err != nil {
			return nil, nil, err
		}
		if names == nil {
			names = row
			continue
		}
		rows = append(rows, row)
	}
	return names, rows, all.Error()
}

// order places one row and gives the order's id, or what the panel said.
func order(client *http.Client, address string, names, row []string) (string, error) {
	form := url.Values{"key": {"sandbox"}, "action": {"add"}}
	for i, cell := range row {
		switch name := strings.ToLower(names[i]); name {
		case "service", "link", "quantity", "runs", "interval", "comments":
			if cell != "" {
				form.Set(name, cell)
			}
		}
	}
	resp, err := client.PostForm(address, form)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", err
	}
	var answer struct {
		Order json.Number
		Error string
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return "", err
	}
	if answer.Error != "" {
		return answer.Error, nil
	}
	return answer.Order.String(), nil
}

func writeAnswers(path string, names []string, rows [][]string, answers []string) error {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	put := func(line int, cells []string, last string) error {
		values := make([]any, len(names)+1)
		for i, cell := range cells {
			values[i] = cell
		}
		values[len(names)] = last
		return w.SetRow(fmt.Sprintf("A%d", line), values)
	}
	if err := put(1, names, "Order ID"); err != nil {
		return err
	}
	for i, row := range rows {
		if err := put(i+2, row, answers[i]); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.SaveAs(path)
}
