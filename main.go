// Bulkorder reads sheets of orders, checks each row against a panel's catalogue, submits them from a
// journal so that no row is ordered twice, and writes a results workbook.
package main

import (
	"os"

	"bulkorder/report/command"
)

func main() { os.Exit(command.Main()) }
