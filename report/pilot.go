package report

import "fmt"

// Pilot is how far the pilot of a batch has come.
type Pilot struct {
	Rows int  `json:"rows"`
	Sent int  `json:"sent"`
	Over bool `json:"over"` // false: it is under way, or was broken off
}

// Words tell of it.
func (p Pilot) Words() string {
	if p.Over {
		return fmt.Sprintf("the pilot of %s is over", Counted(p.Rows, "row"))
	}
	return fmt.Sprintf("the pilot of %s isn't over, %s of %s sent", Counted(p.Rows, "row"), Count(p.Sent), Count(p.Rows))
}

// rest is the command that goes on with the pilot; empty: there is none, or it is over.
func (r Result) rest() string {
	if r.Pilot == nil || r.Pilot.Over {
		return ""
	}
	return fmt.Sprintf("bulkorder resume %s --limit %d", r.Batch, r.Pilot.Rows)
}

// stillToSend says what becomes of the rows that are still to be sent.
func (r Result) stillToSend() string {
	const once = "; what is placed is never sent twice."
	if r.Pilot == nil {
		return fmt.Sprintf("still to be sent: `bulkorder resume %s` goes on"+once, r.Batch)
	}
	words := "still to be sent: " + r.Pilot.Words()
	if rest := r.rest(); rest != "" {
		words += fmt.Sprintf("; `%s` goes on with it", rest)
	}
	return words + fmt.Sprintf("; `bulkorder resume %s` goes on with all rows"+once, r.Batch)
}
