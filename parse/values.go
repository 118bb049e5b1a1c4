package parse

import (
	"io"

	"github.com/gocarina/gocsv"
)

// Fields are the normalised values of a row, by the panel API's parameter names. A value is "" where the cell is blank
// or where the sheet has no such column. Whole numbers are plain digits; expiry is dd/mm/yyyy; lists (comments,
// usernames, hashtags, groups, keywords) have one item a line, parted by "\n".
type Fields struct {
	Panel         string `csv:"panel"`
	Ref           string `csv:"ref"`
	Service       string `csv:"service"`
	Link          string `csv:"link"`
	Quantity      string `csv:"quantity"`
	Runs          string `csv:"runs"`
	Interval      string `csv:"interval"`
	Comments      string `csv:"comments"`
	Usernames     string `csv:"usernames"`
	Hashtags      string `csv:"hashtags"`
	Hashtag       string `csv:"hashtag"`
	Username      string `csv:"username"`
	Media         string `csv:"media"`
	AnswerNumber  string `csv:"answer_number"`
	Groups        string `csv:"groups"`
	Min           string `csv:"min"`
	Max           string `csv:"max"`
	Posts         string `csv:"posts"`
	OldPosts      string `csv:"old_posts"`
	Delay         string `csv:"delay"`
	Expiry        string `csv:"expiry"`
	Keywords      string `csv:"keywords"`
	Country       string `csv:"country"`
	Device        string `csv:"device"`
	TypeOfTraffic string `csv:"type_of_traffic"`
	GoogleKeyword string `csv:"google_keyword"`
	ReferringURL  string `csv:"referring_url"`
	OrderID       string `csv:"order_id"`
}

// Get is the value of the field with that API name, "" where there is no such field.
func (f *Fields) Get(name string) string {
	switch name {
	case "panel":
		return f.Panel
	case "ref":
		return f.Ref
	case "service":
		return f.Service
	case "link":
		return f.Link
	case "quantity":
		return f.Quantity
	case "runs":
		return f.Runs
	case "interval":
		return f.Interval
	case "comments":
		return f.Comments
	case "usernames":
		return f.Usernames
	case "hashtags":
		return f.Hashtags
	case "hashtag":
		return f.Hashtag
	case "username":
		return f.Username
	case "media":
		return f.Media
	case "answer_number":
		return f.AnswerNumber
	case "groups":
		return f.Groups
	}
	return f.rarer(name)
}

// rarer is the value of a field that subscriptions and visits have.
func (f *Fields) rarer(name string) string {
	switch name {
	case "min":
		return f.Min
	case "max":
		return f.Max
	case "posts":
		return f.Posts
	case "old_posts":
		return f.OldPosts
	case "delay":
		return f.Delay
	case "expiry":
		return f.Expiry
	case "keywords":
		return f.Keywords
	case "country":
		return f.Country
	case "device":
		return f.Device
	case "type_of_traffic":
		return f.TypeOfTraffic
	case "google_keyword":
		return f.GoogleKeyword
	case "referring_url":
		return f.ReferringURL
	case "order_id":
		return f.OrderID
	}
	return ""
}

// records hands normalised rows to gocsv: field names first, then one record a row.
type records struct {
	header []string
	values [][]string
	next   int // 0: the header; n: the nth record
}

// Read implements gocsv.CSVReader.
func (r *records) Read() ([]string, error) {
	if r.next > len(r.values) {
		return nil, io.EOF
	}
	r.next++
	if r.next == 1 {
		return r.header, nil
	}
	return r.values[r.next-2], nil
}

// ReadAll implements gocsv.CSVReader.
func (r *records) ReadAll() ([][]string, error) {
	all := make([][]string, 0, len(r.values)+1)
	for {
		record, err := r.Read()
		if err == io.EOF {
			return all, nil
		}
		all = append(all, record)
	}
}

// decode turns records of values, in the header's order, into Fields: the nth of out is of the nth record.
//
// gocsv's callback API starts a goroutine that blocks for ever when its consumer stops early, so the stream is decoded
// here a batch at a time, into a channel that has room for the whole batch. Its row numbers count records, not rows of
// the sheet: they are never used.
func decode(header []string, values [][]string, out []Fields) ([]Fields, error) {
	decoded := make(chan Fields, len(values))
	in := gocsv.NewSimpleDecoderFromCSVReader(&records{header: header, values: values})
	if err := gocsv.UnmarshalDecoderToChan(in, decoded); err != nil {
		return nil, err
	}
	out = out[:0]
	for fields := range decoded {
		out = append(out, fields)
	}
	return out, nil
}
