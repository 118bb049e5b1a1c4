// Package parse reads sheets of orders: CSV and other delimited text, mass-order text, and Excel workbooks.
//
// It knows what people put into sheets: header names in other words, dates, numbers that Excel has damaged, merged
// cells, several encodings. It does not know panels, services or prices: whether an order makes sense is checked
// elsewhere.
//
// Each cell is money, so nothing is guessed silently. What is certain is read; what is doubtful becomes a Problem that
// names the cell, what was found, what was expected and how to mend it.
//
// Start with Open, look at Sheet.Columns, walk Sheet.Rows once, then look at Sheet.Notes:
//
//	sheet, err := parse.Open("orders.xlsx", parse.Options{})
//	if err != nil {
//		return err // a *FileError: nothing can be read from this file
//	}
//	defer sheet.Close()
//	for row, err := range sheet.Rows() {
//		if err != nil {
//			return err // the rows before are sound, but the sheet is not whole
//		}
//		…
//	}
//
// Package book reads the file of a workbook. The way of a row: a source (text.go, workbook.go) yields raw cells with
// the row's number; row.go turns them into a Row by the columns that header.go found, each value by the rules of
// number.go, date.go and value.go; values.go decodes the values into Fields with gocsv. Where a cell alone leaves open
// what it means, marks.go asks its whole column. Memory does not grow with the number of rows, but for the shared
// strings of a workbook. A file of a megabyte is read, or refused, within two seconds and 100 MiB, whoever made it; but
// each sound row takes some microseconds.
package parse
