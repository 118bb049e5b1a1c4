package report

import (
	"bulkorder/batch/journal"
)

// Requests is what asking for refills or cancellations came to. They are requests: what the panel does about
// them comes with the statuses.
type Requests struct {
	Action  journal.Action `json:"action"`
	Taken   int            `json:"taken"`
	Refused int            `json:"refused"`
	Unsent  int            `json:"unsent"` // the panel certainly didn't take them
	InDoubt int            `json:"in_doubt"`
	LeftOut int            `json:"left_out"` // chosen rows about which nothing may be asked
	Missed  int            `json:"missed"`   // chosen rows that were not come to
	Rows    []RequestedRow `json:"rows"`
}

// RequestedRow is one chosen row.
type RequestedRow struct {
	Row     int                  `json:"row"`
	Tab     string               `json:"tab,omitempty"` // the worksheet, where several are read as one sheet
	OrderID string               `json:"order_id"`
	State   journal.RequestState `json:"state"` // empty: left out
	Ref     string               `json:"ref"`   // the panel's id of the request
	Words   string               `json:"words"`
}

// Add counts a row.
func (r *Requests) Add(row RequestedRow) {
	r.Rows = append(r.Rows, row)
	switch row.State {
	case journal.Taken:
		r.Taken++
	case journal.Declined:
		r.Refused++
	case journal.Unasked:
		r.Unsent++
	case journal.AskInDoubt:
		r.InDoubt++
	default:
		r.LeftOut++
	}
}
