package report

// ClientWritten is the report for one client.
type ClientWritten struct {
	Client   string `json:"client"`
	Orders   int    `json:"orders"`
	Workbook string `json:"workbook"`
	PDF      string `json:"pdf,omitempty"`
	Unshown  string `json:"unshown,omitempty"` // a word whose signs the PDF's font doesn't have
}
