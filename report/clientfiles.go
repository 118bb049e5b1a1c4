package report

// ClientFiles is what --json prints of the reports for clients.
type ClientFiles struct {
	Batch   string          `json:"batch"`
	Files   []ClientWritten `json:"clients"`
	Without int             `json:"without_client"` // rows that name no client, and are in none of the files
}

// ClientWritten is the report for one client.
type ClientWritten struct {
	Client   string `json:"client"`
	Orders   int    `json:"orders"`
	Workbook string `json:"workbook"`
	PDF      string `json:"pdf,omitempty"`
}
