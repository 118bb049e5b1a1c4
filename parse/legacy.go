package parse

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// legacy is an encoding that Excel saves CSV in.
type legacy struct {
	name    string
	charset encoding.Encoding
}

func legacyEncodings() []legacy {
	return append(commonEncodings(), rarerEncodings()...)
}

// commonEncodings are the ones in which a person is shown what cells would be.
func commonEncodings() []legacy {
	return []legacy{
		{"windows-1252", charmap.Windows1252}, {"windows-1254", charmap.Windows1254},
		{"windows-1251", charmap.Windows1251}, {"windows-1250", charmap.Windows1250},
	}
}

// rarerEncodings are shown where a text reads best in them: that of Arabic, and those of Chinese, Japanese and Korean,
// whose letters take two bytes. The second is never one that parts cells, but for the pipe.
func rarerEncodings() []legacy {
	return []legacy{
		{"windows-1256", charmap.Windows1256}, {"gbk", simplifiedchinese.GBK}, {"big5", traditionalchinese.Big5},
		{"shift_jis", japanese.ShiftJIS}, {"euc-kr", korean.EUCKR},
	}
}

func rank(name, best string) int {
	if name == best {
		return 0
	}
	return 1
}

// bestEncoding is the one in which a text reads best: words of Cyrillic letters are written with high bytes throughout;
// the letters by which Turkish and Central European differ from Western stand where that has rare signs.
func bestEncoding(text string) string {
	if arabic(text) {
		return "windows-1256"
	}
	if wide := wideEncoding(text); wide != "" {
		return wide
	}
	const turkishLetters, centralLetters = "\xfd\xfe\xf0\xdd\xde\xd0",
		"\xb3\xb9\x9c\x9f\xbf\xa3\xa5\x8c\x8f\xaf"
	letters, high, turkish, central := 0, 0, 0, 0
	for i := range len(text) {
		c := text[i]
		if c >= 0x80 {
			high++
		}
		if c >= 0x80 || c|0x20 >= 'a' && c|0x20 <= 'z' {
			letters++
		}
		switch {
		case strings.IndexByte(turkishLetters, c) >= 0:
			turkish++
		case strings.IndexByte(centralLetters, c) >= 0:
			central++
		}
	}
	switch {
	case high*3 >= letters*2 && high >= 3:
		return "windows-1251"
	case turkish > 0 && turkish >= central:
		return "windows-1254"
	case central > 0:
		return "windows-1250"
	}
	return "windows-1252"
}

// arabic tells whether a text reads as Arabic is written: nearly all of its letters are in the middle of the upper half,
// where Cyrillic has more at the end and Chinese at the beginning.
func arabic(text string) bool {
	const fewest = 6 // letters
	high, begin, middle, end := 0, 0, 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 0xf0:
			end++
		case c >= 0xe0:
			middle++
		case c >= 0x80 && c <= 0xc0:
			begin++
		case c < 0x80:
			continue
		}
		high++
	}
	return high >= fewest && begin*12 <= high && end*12 <= high && middle*6 >= high && strings.Contains(text, "\xc7")
}

// wideEncoding is the one of those with two bytes a letter in which a text reads as such languages are written; "":
// none. Each has its commonest letters in rows of their own, and a letter of a Western text stands alone.
func wideEncoding(text string) string {
	const fewest = 2 // letters
	letters, hangul, chinese, taiwanese, kana, low := 0, 0, 0, 0, 0, 0
	for i := 0; i < len(text); i++ {
		if text[i] < 0x80 {
			continue
		}
		if i+1 == len(text) {
			return ""
		}
		lead, trail := text[i], text[i+1]
		i++
		letters++
		high := trail >= 0xa1
		switch {
		case lead == 0x82 || lead == 0x83:
			kana++
		case trail < 0x40:
			return ""
		}
		count := func(n *int, is bool) {
			if is {
				*n++
			}
		}
		count(&low, !high)
		count(&hangul, high && lead >= 0xb0 && lead <= 0xc8)
		count(&chinese, high && lead >= 0xb0 && lead <= 0xd7)
		count(&taiwanese, lead >= 0xa4 && lead <= 0xc6)
	}
	mostly := func(n int) bool { return n*5 >= letters*4 }
	switch {
	case letters < fewest:
	case kana*4 >= letters && valid(japanese.ShiftJIS, text):
		return "shift_jis"
	case low > 0 && mostly(taiwanese) && valid(traditionalchinese.Big5, text):
		return "big5"
	case low == 0 && letters >= 4*fewest && hangul == letters && valid(korean.EUCKR, text):
		return "euc-kr"
	case mostly(chinese) && valid(simplifiedchinese.GBK, text):
		return "gbk"
	}
	return ""
}

// valid tells whether a text can be read by an encoding.
func valid(charset encoding.Encoding, text string) bool {
	read, err := charset.NewDecoder().String(text)
	return err == nil && !strings.ContainsRune(read, utf8.RuneError)
}
