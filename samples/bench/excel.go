package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"bulkorder/parse"
	"bulkorder/parse/book"
)

// readMain is a process that reads a sheet and does nothing with it: by what, which.
func readMain(args []string) error {
	read := map[string]func(string) (int, error){"cells": readCells, "rows": readRows, "excelize": readExcelize}[args[0]]
	rows, err := read(args[1])
	if err == nil {
		fmt.Println(rows)
	}
	return err
}

// readCells reads the cells as they stand, as [readExcelize] does.
func readCells(path string) (rows int, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	w, err := book.Open(f, info.Size())
	if err != nil {
		return 0, err
	}
	defer w.Close()
	layout, err := w.Sheets[0].Layout(1)
	if err != nil {
		return 0, err
	}
	for row, err := range w.Sheets[0].Rows(book.Reading{Layout: layout, Header: 1}) {
		if err != nil {
			return 0, err
		}
		if !book.Blank(row.Cells) {
			rows++
		}
	}
	return rows - 1, nil // without the header
}

// readRows reads rows as they are understood: by their header, with what a person is warned of.
func readRows(path string) (rows int, err error) {
	s, err := parse.Open(path, parse.Options{})
	if err != nil {
		return 0, err
	}
	defer s.Close()
	for _, err := range s.Rows() {
		if err != nil {
			return 0, err
		}
		rows++
	}
	return rows, nil
}

func readExcelize(path string) (rows int, err error) {
	raw := excelize.Options{RawCellValue: true}
	f, err := excelize.OpenFile(path, raw)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	all, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return 0, err
	}
	for all.Next() {
		if _, err := all.Columns(raw); err != nil {
			return 0, err
		}
		rows++
	}
	return rows - 1, all.Error() // without the header
}

// writeMain is a process that writes the cells of a results workbook, and nothing else of it, with a bare StreamWriter:
// so many orders, so many changes of their statuses, where to.
func writeMain(args []string) error {
	rows, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	changes, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close()
	s := sheetSpec{Rows: rows}
	if err := stream(f, "Orders", rows, func(i int) []any { return resultCells(s.row(i), i) }); err != nil {
		return err
	}
	if err := stream(f, "History", changes, changeCells); err != nil {
		return err
	}
	out, err := os.Create(args[2])
	if err != nil {
		return err
	}
	if err := f.Write(out); err != nil {
		return err
	}
	return out.Close()
}

func stream(f *excelize.File, sheet string, rows int, cells func(i int) []any) error {
	if _, err := f.NewSheet(sheet); err != nil {
		return err
	}
	w, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	for i := range rows {
		if err := w.SetRow("A"+strconv.Itoa(i+1), cells(i)); err != nil {
			return err
		}
	}
	return w.Flush()
}

// resultCells are the cells of a row among the results: state and problem, the sheet's own, and what the panel said.
func resultCells(own []string, i int) []any {
	cells := []any{"placed", nil}
	for _, cell := range own {
		switch n, err := strconv.Atoi(cell); {
		case cell == "":
			cells = append(cells, nil)
		case err == nil:
			cells = append(cells, n)
		default:
			cells = append(cells, cell)
		}
	}
	mixed := uint64(i+1) * 0x9e3779b97f4a7c15 // a key looks like chance
	return append(cells,
		strconv.Itoa(23501+i), nil, float64(i%9000)/10_000, "USD", "Completed", i%20_000, 0, 100, nil, 46_347.89540172454,
		46_347.89744339121, fmt.Sprintf("1:%016x%016x:::http://127.0.0.1:34475/api/v2", mixed, mixed*mixed))
}

// changeCells are the cells of a status that an order had.
func changeCells(i int) []any {
	return []any{
		i / 2, strconv.Itoa(23501 + i/2), 46_347.89540172454 + float64(i)/1e6, "Completed", float64(i%9000) / 10_000, "USD",
		i % 20_000, i % 400,
	}
}

// countCells counts rows and cells in the sheets of a workbook, by the sheets' parts.
func countCells(path string) (rows, cells map[string]int, err error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, nil, err
	}
	defer z.Close()
	rows, cells = map[string]int{}, map[string]int{}
	for _, part := range z.File {
		if !strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
			continue
		}
		f, err := part.Open()
		if err != nil {
			return nil, nil, err
		}
		b := bufio.NewReader(f)
		for {
			tag, err := b.ReadSlice('>')
			if err == io.EOF {
				break
			}
			if err != nil && err != bufio.ErrBufferFull { // the rest of a long text bears no tag
				return nil, nil, err
			}
			switch start := tag[max(0, bytes.LastIndexByte(tag, '<')):]; {
			case bytes.HasPrefix(start, []byte("<row ")):
				rows[part.Name]++
			case bytes.HasPrefix(start, []byte("<c ")):
				cells[part.Name]++
			}
		}
		f.Close()
	}
	return rows, cells, nil
}
