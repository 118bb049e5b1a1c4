package book

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// canComment tells whether excelize can add comments to a workbook without harm. It takes the numbers of the
// parts for granted: that drawing N goes with comments N of the same sheet. Where another program numbered or
// named them otherwise, excelize would write over a drawing of another sheet, or leave comments that nothing
// refers to. The list of problems must do there.
func canComment(f *excelize.File) bool {
	drawings, comments, known := map[string]bool{}, map[string]bool{}, true
	f.Pkg.Range(func(key, content any) bool {
		name := key.(string)
		switch low := strings.ToLower(name); {
		case strings.HasSuffix(low, ".rels"):
			text, _ := content.([]byte)
			known = paired(text)
		case strings.HasSuffix(low, ".vml"), strings.Contains(low, "comment"):
			var n string
			n, known = partNumber(name)
			if strings.HasSuffix(low, ".vml") {
				drawings[n] = true
			} else {
				comments[n] = true
			}
		}
		return known
	})
	// The next number that excelize takes is how many there are, and one.
	for i := range drawings {
		n, err := strconv.Atoi(i)
		known = known && err == nil && n <= len(drawings) && comments[i]
	}
	return known && len(drawings) == len(comments)
}

// paired tells whether relationships are to comments and their drawing of one number, or to neither.
func paired(relationships []byte) bool {
	var numbers []string
	targets := regexp.MustCompile(`(?i)Target="([^"]*(?:comment|\.vml)[^"]*)"`)
	for _, m := range targets.FindAllSubmatch(relationships, -1) {
		if bytes.Contains(m[1], []byte("://")) {
			continue // a hyperlink of the person's
		}
		n, known := partNumber(strings.Replace(string(m[1]), "../", "xl/", 1))
		if !known {
			return false
		}
		numbers = append(numbers, n)
	}
	return len(numbers) == 0 || len(numbers) == 2 && numbers[0] == numbers[1]
}

// partNumber is the number of a part of comments, or of their drawing, that is named as Excel names them.
func partNumber(name string) (string, bool) {
	m := regexp.MustCompile(`^xl/(?:drawings/vmlDrawing|comments)([1-9][0-9]*)\.(?:vml|xml)$`).FindStringSubmatch(name)
	if m == nil {
		return "", false
	}
	return m[1], true
}
