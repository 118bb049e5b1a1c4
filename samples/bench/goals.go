package main

import (
	"context"
	"fmt"
	"strconv"
)

// goal is how the lines of one goal are measured.
type goal struct {
	number  int
	what    string
	measure func(context.Context, *bench) error
}

// measures lists how each goal is measured.
func measures(million bool) []goal {
	if million {
		return []goal{
			{3, "a million rows, whole", measureMillion},
			{6, "a million rows, resumed", measureMillionBooks},
		}
	}
	return []goal{
		{1, "the permitted rate, and what latency permits", measureRate},
		{2, "what the journal costs", measureSafety},
		{3, "the whole job", measureJob},
		{4, "reading and checking", measureReading},
		{5, "the workbook", measureWorkbook},
		{6, "resume, explain, show, history, refresh", measureBooks},
		{7, "scripts of a reseller", measurePeers},
		{8, "the rate over https", measureDistant},
		{9, "finding a limit", measureLimits},
		{10, "a large catalogue", measureCatalogue},
	}
}

func most(goal int, key, what string, bound float64, unit string) line {
	return line{Goal: goal, Key: key, What: what, Bound: bound, Unit: unit}
}

func least(goal int, key, what string, bound float64) line {
	return line{Goal: goal, Key: key, What: what, Bound: bound, Least: true}
}

// wanted lists what is wanted at these sizes.
func (s sizes) wanted(million bool) []line {
	rows, few := thousands(s.Rows), thousands(s.Small)
	if million {
		many := thousands(10 * s.Rows)
		return []line{
			most(3, "linear million", many+" rows: CPU over that of "+rows, 10.5, ""),
			most(3, "memory million", many+" rows: memory", 200, "MiB"),
			most(6, "resume", many+" rows, resumed: start to first order", 1, "s"),
			most(6, "explain", "explain", 0.05, "s"),
			most(6, "show", "show", 0.05, "s"),
			most(6, "history", "history", 0.05, "s"),
			most(6, "show killed", "show, right after kill -9 of a run", 0.05, "s"),
			most(6, "history killed", "history, right after kill -9 of a run", 0.05, "s"),
		}
	}
	lines := []line{
		least(1, "rate 100", "100/s on plain http: all calls", 0.98),
		most(1, "second 100", "… fullest second", 1.03, ""),
		least(1, "rate 1000", "1,000/s on plain http: all calls", 0.98),
		most(1, "second 1000", "… fullest second", 1.03, ""),
		most(1, "ideal", "64 in flight, 50 ms: time of sending over rows × latency ÷ 64", 1.06, ""),
		most(2, "journal 50ms", "sending with the journal over without, at 50 ms", 1.05, ""),
		most(2, "journal 0ms", "… without latency", 1.7, ""),
		most(3, "cpu", rows+" rows, statuses, workbook: CPU a row", 200, "µs"),
		most(3, "memory", "… memory", 128, "MiB"),
		most(3, "memory small", few+" rows: memory", 64, "MiB"),
		most(3, "linear", rows+" rows: CPU over that of "+few, 10.5, ""),
		most(4, "read", "reading the cells: CPU over excelize Rows", 0.2, ""),
		most(4, "check", "check of "+rows+" rows", 1.5, "s"),
		most(4, "check small", "check of "+few+" rows", 0.3, "s"),
		most(5, "workbook", "results of "+rows+" rows: CPU over a bare StreamWriter", 1.1, ""),
		most(6, "resume", rows+" rows, resumed: start to first order", 1, "s"),
		most(6, "explain", "explain", 0.05, "s"),
		most(6, "show", "show", 0.05, "s"),
		most(6, "history", "history", 0.05, "s"),
		most(6, "show killed", "show, right after kill -9 of a run", 0.05, "s"),
		most(6, "history killed", "history, right after kill -9 of a run", 0.05, "s"),
		most(6, "again", "second run of the sheet: CPU over the first's", 0.15, ""),
		most(6, "calls", "refresh: calls over ⌈open ÷ 100⌉", 1, ""),
		most(6, "refresh", "refresh: CPU a call", 20, "ms"),
	}
	lines = append(lines, peerLines()...)
	lines = append(lines,
		least(8, "rate 50ms", "100/s over https, 50 ms away, no setting: all calls", 0.98),
		most(8, "second 50ms", "… fullest second", 1.03, ""),
		least(8, "rate 150ms", "100/s over https, 150 ms away, no setting: all calls", 0.98),
		most(8, "second 150ms", "… fullest second", 1.03, ""),
		most(8, "second stall", "fullest second of a run that was stopped for 3 s", 1.03, ""),
		least(8, "rate four", "four processes on one account, 100/s together", 0.98),
		most(8, "second four", "… fullest second", 1.04, ""),
	)
	lines = append(lines, s.limitLines()...)
	narrow, wide := s.used()
	what := fmt.Sprintf("%s services, %s of them in the sheet: CPU over %s of them",
		thousands(s.Catalogue), thousands(wide), thousands(narrow))
	return append(lines, most(10, "catalogue", what, 1.2, ""))
}

// thousands writes a number with commas.
func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
